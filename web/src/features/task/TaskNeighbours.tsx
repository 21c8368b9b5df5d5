import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { taskUrl } from "../../ui/urls";
import { TaskNeighboursQuery } from "./queries";

interface TaskNeighboursProps {
  readonly plan: string;
  readonly code: string;
}

const tasksOf = (data: ResultOf<typeof TaskNeighboursQuery>) => data.tasks;

/** On to the task before and after, in the order of the plan. */
export function TaskNeighbours({ plan, code }: TaskNeighboursProps) {
  const t = useMessages("task");
  const { nodes } = useAllPages(TaskNeighboursQuery, { plan }, tasksOf);
  const index = nodes.findIndex((task) => task.code === code);
  const before = index > 0 ? nodes[index - 1] : undefined;
  const after = index === -1 ? undefined : nodes[index + 1];
  const look =
    "control flex min-h-16 min-w-0 items-center gap-3 rounded-card border border-line bg-card px-4 py-2 text-ink no-underline hover:bg-sunken";
  return (
    <nav aria-label={t("neighbours")} className="no-print mt-6 grid min-h-16 gap-3 sm:grid-cols-2">
      {before !== undefined && (
        <Link to={taskUrl(before.code)} rel="prev" className={look}>
          <Icon name="arrowLeft" className="text-muted" />
          <span className="min-w-0">
            <span className="block text-sm text-muted">{t("previous", { code: before.code })}</span>
            <span className="line-clamp-1">{before.title}</span>
          </span>
        </Link>
      )}
      {after !== undefined && (
        <Link
          to={taskUrl(after.code)}
          rel="next"
          className={`${look} justify-end text-right sm:col-start-2`}
        >
          <span className="min-w-0">
            <span className="block text-sm text-muted">{t("next", { code: after.code })}</span>
            <span className="line-clamp-1">{after.title}</span>
          </span>
          <Icon name="arrowRight" className="text-muted" />
        </Link>
      )}
    </nav>
  );
}
