import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { TaskState } from "../../ui/TaskState";
import { taskUrl } from "../../ui/urls";
import type { LinkedTaskData, TaskDetailData } from "./queries";

/** Related tasks: what a key task sums up and the other way, the whole and its parts. */
export function TaskLinks({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const lists = [
    { key: "parent", title: t("links.parent"), tasks: task.parent === null ? [] : [task.parent] },
    { key: "sumsUp", title: t("links.sumsUp"), tasks: nodesOf(task.sumsUp) },
    { key: "summedUpBy", title: t("links.summedUpBy"), tasks: nodesOf(task.summedUpBy) },
  ];
  return lists.map(({ key, title, tasks }) =>
    tasks.length === 0 ? null : (
      <Card key={key} title={title} isFlush>
        <ul className="grid">
          {tasks.map((linked) => (
            <LinkedTaskItem key={linked.id} task={linked} />
          ))}
        </ul>
      </Card>
    ),
  );
}

function nodesOf(connection: {
  readonly edges: readonly { readonly node: LinkedTaskData }[];
}): LinkedTaskData[] {
  return connection.edges.map((edge) => edge.node);
}

function LinkedTaskItem({ task }: { readonly task: LinkedTaskData }) {
  return (
    <li className="border-b border-line last:border-b-0">
      <Link
        to={taskUrl(task.code)}
        className="flex min-h-row flex-wrap items-center gap-x-4 gap-y-0.5 px-4 py-2 text-ink no-underline hover:bg-sunken"
      >
        <span className="w-20 shrink-0 text-sm text-muted tabular-nums">{task.code}</span>
        <span className="min-w-48 flex-1 text-link">{task.title}</span>
        <span className="text-sm text-muted">{task.lead?.shortName}</span>
        <span className="text-sm">
          <TaskState state={task.state} />
        </span>
      </Link>
    </li>
  );
}
