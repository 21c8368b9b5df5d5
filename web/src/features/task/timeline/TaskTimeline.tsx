import { type MouseEvent, useMemo } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useAllPages } from "../../../graphql/use-all-pages";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { Light } from "../../../ui/Light";
import { Link } from "../../../ui/Link";
import { taskUrl } from "../../../ui/urls";
import { type VirtualColumn, VirtualTable } from "../../../ui/VirtualTable";
import type { TaskGroup, TaskGroupBy } from "../list";
import type { TaskRow } from "../queries";
import { GroupHead, type Line, linesOf } from "../TaskLines";
import { Bar } from "./Bar";
import { Months } from "./Months";
import { type TimelineTask, TimelineQuery } from "./queries";
import { dayOf, type Scale, scaleOf } from "./scale";

const tasksOf = (data: ResultOf<typeof TimelineQuery>) => data.tasks;
type Filter = { readonly plan: string };

interface TaskTimelineProps {
  readonly groups: readonly TaskGroup<TaskRow>[];
  readonly by: TaskGroupBy;
  /** The filter by which the rows were read. */
  readonly filter: Filter;
  readonly onOpen: (code: string) => void;
}

/** Months across, one bar for each task from its hand-out to its deadline. */
export function TaskTimeline({ groups, by, filter, onOpen }: TaskTimelineProps) {
  const t = useMessages("tasks");
  const { today } = useToday();
  const { nodes } = useAllPages(TimelineQuery, { filter }, tasksOf);
  const known = useMemo(() => new Map(nodes.map((task) => [task.id, task])), [nodes]);
  const scale = useMemo(
    () =>
      scaleOf(
        [...nodes.flatMap(daysOf), ...(today === null ? [] : [today])],
        Number(filter.plan.slice(0, 4)) || 2025,
      ),
    [nodes, today, filter.plan],
  );
  const drawn = (task: TaskRow) => (
    <Bar task={task} more={known.get(task.id)} scale={scale} today={today} />
  );
  const columns: readonly VirtualColumn<Line>[] = [
    {
      key: "task",
      header: t("column.title"),
      width: "minmax(0,22rem)",
      cell: (line) => line.group === null && <Name task={line.task} onOpen={onOpen} />,
    },
    {
      key: "months",
      header: (
        <span className="-mx-3 block">
          <Months scale={scale} today={today} />
        </span>
      ),
      width: "minmax(0,1fr)",
      className: "relative self-stretch !p-0",
      cell: (line) => line.group === null && drawn(line.task),
    },
  ];
  return (
    <>
      <div
        aria-hidden="true"
        className="sticky top-14 z-10 h-9 overflow-hidden rounded-t-card border-b border-line bg-card px-4 md:hidden"
      >
        <Months scale={scale} today={today} />
      </div>
      <VirtualTable
        label={t("layout.timeline")}
        columns={columns}
        rows={linesOf(groups, by)}
        rowKey={(line) => line.key}
        rowHeight={45}
        heading={(line) => (line.group === null ? null : <GroupHead group={line.group} by={by} />)}
        card={(line) =>
          line.group === null && (
            <div className="-my-1 grid gap-1">
              <Name task={line.task} onOpen={onOpen} />
              <div className="relative h-7">{drawn(line.task)}</div>
            </div>
          )
        }
      />
      <Legend scale={scale} />
    </>
  );
}

/** Every day that the axis has to hold. */
function daysOf(task: TimelineTask): string[] {
  const began = task.life.steps.edges[0]?.node.at;
  const due = task.milestones.edges.map(({ node }) => node.dueOn);
  return [
    task.deadline,
    task.life.originalDeadline,
    began === undefined ? null : dayOf(began),
    ...due,
  ].filter((day) => day !== null);
}

interface NameProps {
  readonly task: TaskRow;
  readonly onOpen: (code: string) => void;
}

function Name({ task, onOpen }: NameProps) {
  const open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(task.code);
  };
  return (
    <span className="flex min-w-0 items-baseline gap-2">
      <span className="shrink-0 text-sm text-muted">{task.code}</span>
      <Link
        to={taskUrl(task.code)}
        className="min-w-0 flex-1 truncate text-ink after:absolute after:inset-0 focus-visible:outline-offset-0"
        title={task.title}
        onClick={open}
      >
        {task.title}
      </Link>
      <span className="shrink-0 text-sm">
        <Light {...task.light} />
      </span>
    </span>
  );
}

/** What the marks mean. */
function Legend({ scale }: { readonly scale: Scale }) {
  const t = useMessages("tasks");
  if (scale.months.length === 0) return null;
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 border-t border-line px-4 py-2 text-sm text-muted">
      <li className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" width="24" height="10">
          <rect width="24" height="10" rx="3" className="fill-(--bar)" />
        </svg>
        {t("timeline.bar")}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" width="24" height="10">
          <rect width="24" height="10" rx="3" className="fill-(--danger)" />
        </svg>
        {t("timeline.late")}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" width="4" height="16">
          <path d="M2 0v16" className="stroke-ink" strokeWidth="2" strokeDasharray="3 2" />
        </svg>
        {t("timeline.originally")}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" width="12" height="12" viewBox="-6 -6 12 12">
          <path d="M0-5 5 0 0 5-5 0z" className="fill-card stroke-ink" strokeWidth="1.5" />
        </svg>
        {t("timeline.milestone")}
      </li>
      <li className="inline-flex items-center gap-1.5">
        <svg aria-hidden="true" width="4" height="14">
          <path d="M2 0v14" className="stroke-brand" strokeWidth="2" />
        </svg>
        {t("timeline.today")}
      </li>
    </ul>
  );
}
