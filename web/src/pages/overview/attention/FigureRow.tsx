import { useToday } from "../../../graphql/use-today";
import { useViewer } from "../../../graphql/use-session";
import { formatDate, formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { formatPeriod } from "../../../i18n/period";
import { Link } from "../../../ui/Link";
import { orgsUrl, reportUrl, reviewUrl, tasksUrl } from "../../../ui/urls";
import type { OverviewPlanData } from "../query";
import { soonOf } from "./deadlines";
import type { Month } from "./month-query";
import type { AttentionData } from "./query";

interface FigureRowProps {
  readonly plan: OverviewPlanData;
  readonly data: AttentionData;
  readonly month: Month | null;
}

const REVIEWS = [
  "report.review",
  "completion.approve",
  "extension.approve",
  "measurement.verify",
  "amendment.approve",
];
const DONE: readonly string[] = ["COMPLETED", "ARCHIVED"];

/** What is red, what is late, what waits for me, the month's reports, what is done: each leads to its rows. */
export function FigureRow({ plan, data, month }: FigureRowProps) {
  const t = useMessages("attention");
  const { today } = useToday();
  const permissions = useViewer()?.permissions ?? [];
  const lights = data.plan?.overview.byLight ?? [];
  const lit = (colour: string): number => lights.find((one) => one.colour === colour)?.count ?? 0;
  const deadlines = soonOf(data.plan?.overview.nextDeadlines ?? [], today);
  const queue = data.reviewQueue;
  const overdue = queue.edges.filter(({ node }) => node.isOverdue).length;
  const { byState, taskCount } = plan.overview;
  const done = byState
    .filter(({ state }) => DONE.includes(state))
    .reduce((sum, { count }) => sum + count, 0);
  const present = month?.present;
  const isReviewer = queue.totalCount > 0 || permissions.some((one) => REVIEWS.includes(one));
  return (
    <ul
      aria-label={t("figures")}
      className="grid grid-cols-[repeat(auto-fit,minmax(11.5rem,1fr))] gap-4 max-lg:grid-cols-2 max-lg:gap-3"
    >
      <Figure
        name={t("figure.red")}
        figure={lit("RED")}
        isBad={lit("RED") > 0}
        to={tasksUrl({ plan: plan.code, light: "RED" })}
        detail={t("figure.red.detail", { count: lit("YELLOW") })}
      />
      <Figure
        name={t("figure.late")}
        figure={deadlines.late}
        isBad={deadlines.late > 0}
        to={tasksUrl({ plan: plan.code, layout: "timeline" })}
        detail={t("figure.late.detail", { count: deadlines.soon })}
      />
      {isReviewer && (
        <Figure
          name={t("figure.waiting")}
          figure={queue.totalCount}
          to={reviewUrl()}
          detail={
            overdue === 0 ? t("figure.waiting.fresh") : t("figure.waiting.old", { count: overdue })
          }
          isDetailBad={overdue > 0}
        />
      )}
      {present !== undefined && present.expected > 0 && (
        <Figure
          name={t("figure.month", { month: formatPeriod(present.period) })}
          figure={present.onTime + present.late}
          of={present.expected}
          to={permissions.includes("report.write") ? reportUrl() : orgsUrl(month?.code)}
          detail={
            present.isDue
              ? t("figure.month.over", { late: present.late, missing: present.missingCount })
              : t("figure.month.open", {
                  missing: present.missingCount,
                  day: formatDate(present.dueOn),
                })
          }
          isDetailBad={present.isDue && present.missingCount > 0}
        />
      )}
      <Figure
        name={t("figure.done")}
        figure={done}
        of={taskCount}
        to={tasksUrl({ plan: plan.code, state: DONE.join(",") })}
        detail={t("figure.done.detail", { count: taskCount - done })}
      />
    </ul>
  );
}

interface FigureProps {
  readonly name: string;
  readonly figure: number;
  /** The whole that it is part of. */
  readonly of?: number;
  readonly detail: string;
  readonly to: string;
  readonly isBad?: boolean;
  readonly isDetailBad?: boolean;
}

function Figure({ name, figure, of, detail, to, isBad = false, isDetailBad = false }: FigureProps) {
  return (
    <li className="max-lg:last:odd:col-span-2">
      <Link
        to={to}
        className="block h-full rounded-card border border-line bg-card px-4 py-3 text-ink shadow-card transition-colors hover:border-line-strong max-lg:px-3 max-lg:py-2"
      >
        <span className="block text-sm text-muted">{name}</span>
        <span className="my-1 block leading-none">
          <span className={`text-2xl font-semibold ${isBad ? "text-danger" : ""}`}>
            {formatNumber(figure)}
          </span>
          {of !== undefined && (
            <span className="ml-1 text-sm text-muted">{`/ ${formatNumber(of)}`}</span>
          )}
        </span>
        <span className={`caption block text-sm ${isDetailBad ? "text-danger" : "text-muted"}`}>
          {detail}
        </span>
      </Link>
    </li>
  );
}
