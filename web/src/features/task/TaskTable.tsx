import type { MouseEvent } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Light } from "../../ui/Light";
import { Link } from "../../ui/Link";
import { TargetText } from "../../ui/TargetText";
import { TaskState } from "../../ui/TaskState";
import { taskUrl } from "../../ui/urls";
import { type VirtualColumn, VirtualTable } from "../../ui/VirtualTable";
import type { TaskGroup, TaskGroupBy, TaskListView, TaskSort } from "./list";
import type { TaskRow } from "./queries";
import { sectionTitle } from "./section-title";
import { useIsPrinting } from "../../ui/use-is-printing";
import type { Selection } from "./selection";
import { GroupHead, type Line, linesOf } from "./TaskLines";

interface TaskTableProps {
  readonly groups: readonly TaskGroup<TaskRow>[];
  readonly view: TaskListView;
  /** Which tasks are ticked; null for whoever can do nothing with several. */
  readonly selection: Selection | null;
  readonly onSort: (sort: TaskSort) => void;
  /** Opens a task beside the list; where there is no room the link goes to its page. */
  readonly onOpen: (code: string) => void;
}

/** The tasks as rows under the headings of their groups; as cards on a phone. */
export function TaskTable({ groups, view, selection, onSort, onOpen }: TaskTableProps) {
  const t = useMessages("tasks");
  return (
    <VirtualTable
      label={t("table.label")}
      columns={useColumns({ view, selection, onSort, onOpen })}
      rows={linesOf(groups, view.group)}
      rowKey={(line) => line.key}
      rowHeight={45}
      heading={(line) =>
        line.group === null ? null : <GroupHead group={line.group} by={view.group} />
      }
      card={(line) => line.group === null && <TaskCard task={line.task} />}
    />
  );
}

interface TaskColumn extends Omit<VirtualColumn<Line>, "cell" | "header"> {
  readonly key:
    | "choose"
    | "code"
    | "title"
    | "section"
    | "lead"
    | "metrics"
    | "light"
    | "state"
    | "deadline";
  readonly sorts?: TaskSort;
  readonly of: (task: TaskRow) => React.ReactNode;
}

function useColumns({
  view,
  selection,
  onSort,
  onOpen,
}: Omit<TaskTableProps, "groups">): readonly VirtualColumn<Line>[] {
  const t = useMessages("tasks");
  const isPrinting = useIsPrinting();
  const hasKind = view.group !== "section" && view.kinds === undefined;
  const choosing: TaskColumn = {
    key: "choose",
    width: "3rem",
    of: (task) => <Tick task={task} selection={selection} />,
  };
  const all: readonly TaskColumn[] = [
    ...(selection === null || isPrinting ? [] : [choosing]),
    { key: "code", width: "6.5rem", sorts: "position", of: (task) => <Code task={task} /> },
    {
      key: "title",
      width: "minmax(0,2fr)",
      sorts: "title",
      of: (task) => <Title task={task} hasKind={hasKind} onOpen={onOpen} />,
    },
    {
      key: "section",
      // On paper it is written out.
      width: isPrinting ? "minmax(0,2.5fr)" : "minmax(0,1fr)",
      sorts: "section",
      of: (task) => <Section task={task} />,
    },
    { key: "lead", width: "7.5rem", sorts: "lead", of: (task) => <Lead task={task} /> },
    { key: "metrics", width: "9.5rem", of: (task) => <Metrics task={task} /> },
    {
      key: "light",
      width: "6rem",
      sorts: "light",
      of: (task) => <Light {...task.light} />,
    },
    {
      key: "state",
      width: "7rem",
      sorts: "state",
      of: (task) => <TaskState state={task.state} />,
    },
    {
      key: "deadline",
      width: "9.25rem",
      sorts: "deadline",
      of: (task) => <Deadline task={task} />,
    },
  ];
  return all
    .filter((column) => column.key !== GROUPED[view.group])
    .map(({ sorts, of, ...column }) => ({
      ...column,
      header: t(`column.${column.key}`),
      cell: (line: Line) => line.group === null && of(line.task),
      ...(sorts !== undefined && {
        sort: sorts === view.sort ? (view.isDescending ? "descending" : "ascending") : "none",
        onSort: () => onSort(sorts),
      }),
    }));
}

/** The column that a grouping already says. */
const GROUPED: Readonly<Record<TaskGroupBy, string | null>> = {
  none: null,
  light: "light",
  section: "section",
  department: "lead",
  state: "state",
};

/** The box that takes a task along; above the link that covers the row. */
function Tick({
  task,
  selection,
}: {
  readonly task: TaskRow;
  readonly selection: Selection | null;
}) {
  const t = useMessages("tasks");
  return (
    <label className="control no-print relative z-1 -m-2 grid size-8 place-items-center">
      <span className="sr-only">{t("choose", { code: task.code })}</span>
      <input
        type="checkbox"
        className="size-4 accent-(--brand)"
        checked={selection?.chosen.has(task.code) === true}
        onChange={(event) => selection?.set(task.code, event.target.checked)}
      />
    </label>
  );
}

function Code({ task }: { readonly task: TaskRow }) {
  return <span className="whitespace-nowrap text-muted">{task.code}</span>;
}

interface TitleProps {
  readonly task: TaskRow;
  /** Whether the kind is worth a word: not under a heading that says it. */
  readonly hasKind: boolean;
  readonly onOpen: (code: string) => void;
}

function Title({ task, hasKind, onOpen }: TitleProps) {
  const words = useMessages("domain");
  const open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(task.code);
  };
  return (
    <span className="flex items-center gap-2">
      <Link
        to={taskUrl(task.code)}
        className="line-clamp-2 print:line-clamp-none text-ink after:absolute after:inset-0 focus-visible:outline-offset-0"
        onClick={open}
      >
        {task.title}
      </Link>
      {hasKind && task.kind !== "WORK_POINT" && <Badge>{words(`kind.${task.kind}`)}</Badge>}
    </span>
  );
}

function Section({ task }: { readonly task: TaskRow }) {
  const t = useMessages("tasks");
  if (task.section === null) return <Missing words={t("section.none")} />;
  const title = sectionTitle(task.section);
  return (
    <span title={title} className="block truncate text-sm text-muted">
      {title}
    </span>
  );
}

function Lead({ task }: { readonly task: TaskRow }) {
  const t = useMessages("tasks");
  return task.lead === null ? (
    <span className="text-sm text-warn">{t("lead.none")}</span>
  ) : (
    <span className="block truncate">{task.lead.shortName}</span>
  );
}

function Metrics({ task }: { readonly task: TaskRow }) {
  const t = useMessages("tasks");
  const first = task.metrics.edges[0]?.node;
  if (first === undefined) return <Missing words={t("metrics.none")} />;
  const more = task.metrics.totalCount - 1;
  return (
    <span className="flex flex-wrap items-baseline gap-x-2">
      <TargetText target={first} />
      {more > 0 && <span className="text-xs text-muted">{t("metrics.more", { count: more })}</span>}
    </span>
  );
}

function Deadline({ task }: { readonly task: TaskRow }) {
  const t = useMessages("tasks");
  if (task.deadline === null) return <Missing words={t("deadline.none")} />;
  return <span className="whitespace-nowrap">{formatDate(task.deadline)}</span>;
}

/** A dash for what the document does not say; the words for screen readers and on hover. */
function Missing({ words }: { readonly words: string }) {
  return (
    <span title={words} className="relative text-muted">
      <span aria-hidden="true">—</span>
      <span className="sr-only">{words}</span>
    </span>
  );
}

function TaskCard({ task }: { readonly task: TaskRow }) {
  const words = useMessages("domain");
  return (
    <div className="grid gap-1">
      <span className="flex items-center gap-2 text-sm text-muted">
        {task.code}
        {task.kind !== "WORK_POINT" && <Badge>{words(`kind.${task.kind}`)}</Badge>}
        <span className="ml-auto flex gap-x-3 text-ink">
          <Light {...task.light} />
          <TaskState state={task.state} />
        </span>
      </span>
      <Link
        to={taskUrl(task.code)}
        className="font-medium text-ink after:absolute after:inset-0 focus-visible:outline-offset-0"
      >
        {task.title}
      </Link>
      <span className="flex flex-wrap items-baseline gap-x-3 text-sm text-muted">
        <Lead task={task} />
        {task.metrics.totalCount > 0 && <Metrics task={task} />}
        {task.deadline !== null && formatDate(task.deadline)}
      </span>
    </div>
  );
}
