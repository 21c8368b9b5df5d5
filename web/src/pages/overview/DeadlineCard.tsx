import { useToday } from "../../graphql/use-today";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { tasksUrl, taskUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

interface DeadlineCardProps {
  readonly plan: OverviewPlanData;
  readonly className?: string;
}

/** The next deadlines; where the document states none, says so and what to do. */
export function DeadlineCard({ plan, className }: DeadlineCardProps) {
  const t = useMessages("overview");
  const { today } = useToday();
  const { nextDeadlines, taskCount, taskWithDeadlineCount } = plan.overview;
  if (nextDeadlines.length === 0) {
    return (
      <Card title={t("deadlines")} className={className}>
        <p className="font-medium">{t("deadlines.none")}</p>
        <p className="caption text-sm text-muted">
          {t("deadlines.none.next", { count: taskCount - taskWithDeadlineCount })}
        </p>
        <Link
          to={tasksUrl({ plan: plan.code })}
          className="control mt-1 inline-flex items-center text-sm text-link hover:underline"
        >
          {t("deadlines.open")}
        </Link>
      </Card>
    );
  }
  return (
    <Card title={t("deadlines")} className={className} isFlush>
      <ul>
        {nextDeadlines.map((task) => (
          <li key={task.id} className="border-b border-line last:border-b-0">
            <Link
              to={taskUrl(task.code)}
              className="grid min-h-row grid-cols-[minmax(0,1fr)_auto] items-center gap-x-3 px-4 py-1.5 text-ink hover:bg-sunken"
            >
              <span className="truncate">{task.title}</span>
              {task.deadline !== null && <Due on={task.deadline} today={today} />}
              <span className="text-sm text-muted">{task.lead?.shortName}</span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** A deadline; one that has passed says so. */
function Due({ on, today }: { readonly on: string; readonly today: string | null }) {
  const t = useMessages("overview");
  const isPast = today !== null && on < today;
  return (
    <span className={`text-sm whitespace-nowrap ${isPast ? "text-danger" : ""}`}>
      {isPast ? t("deadlines.past", { date: formatDate(on) }) : formatDate(on)}
    </span>
  );
}
