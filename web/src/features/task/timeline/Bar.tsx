import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import type { TaskRow } from "../queries";
import type { TimelineTask } from "./queries";
import { dayOf, endOf, type Scale } from "./scale";

interface BarProps {
  readonly task: TaskRow;
  /** What only the timeline reads; missing while it is on its way. */
  readonly more: TimelineTask | undefined;
  readonly scale: Scale;
  readonly today: string | null;
}

const FILLS: Readonly<Record<string, string>> = {
  COMPLETED: "fill-(--ok)",
  ARCHIVED: "fill-(--ok)",
  CANCELLED: "fill-(--line-strong)",
  SUSPENDED: "fill-(--line-strong)",
};

type Milestone = TimelineTask["milestones"]["edges"][number]["node"];

const percent = (share: number): string => `${(share * 100).toFixed(3)}%`;

/** One task as a bar; what is past its deadline in red, the original deadline as a line. */
export function Bar({ task, more, scale, today }: BarProps) {
  const label = useLabel({ task, more, today });
  const began = more?.life.steps.edges[0]?.node.at;
  const from = began === undefined ? null : scale.at(dayOf(began));
  const due = more?.deadline ?? task.deadline;
  const to = due === null ? null : scale.at(endOf(due));
  const now = today === null ? null : scale.at(today);
  const original = more?.life.originalDeadline ?? null;
  const fill = FILLS[task.state] ?? "fill-(--bar)";
  return (
    <svg role="img" aria-label={label} className="absolute inset-0 size-full overflow-visible">
      <title>{label}</title>
      {scale.months.slice(1).map((month) => (
        <line
          key={month.key}
          x1={percent(month.from)}
          x2={percent(month.from)}
          y1="0"
          y2="100%"
          className="stroke-(--line)"
        />
      ))}
      {from !== null && to !== null && (
        <svg aria-hidden="true" y="50%" className="overflow-visible">
          <rect
            x={percent(from)}
            y="-6"
            width={percent(Math.max(0.004, to - from))}
            height="12"
            rx="3"
            className={fill}
          />
          {more?.life.isOverdue === true && now !== null && now > to && (
            <rect
              x={percent(to)}
              y="-6"
              width={percent(now - to)}
              height="12"
              className="fill-(--danger)"
            />
          )}
        </svg>
      )}
      {from === null && to !== null && <Deadline at={to} />}
      {original !== null && original !== due && <Deadline at={scale.at(endOf(original))} />}
      <Diamonds more={more} scale={scale} today={today} />
      {now !== null && (
        <line
          x1={percent(now)}
          x2={percent(now)}
          y1="0"
          y2="100%"
          strokeWidth="2"
          className="stroke-brand"
        />
      )}
    </svg>
  );
}

/** A deadline without a bar that ends at it. */
function Deadline({ at }: { readonly at: number }) {
  return (
    <svg aria-hidden="true" x={percent(at)} y="50%" className="overflow-visible">
      <path d="M0-9V9" strokeWidth="2" strokeDasharray="3 2" className="stroke-ink" />
    </svg>
  );
}

/** Whether a milestone should have been reached by now. */
function isLate({ dueOn, state }: Milestone, today: string | null): boolean {
  return state === "OPEN" && dueOn !== null && today !== null && dueOn < today;
}

/** Dated milestones: filled when done, hollow while open, red when late. */
function Diamonds({ more, scale, today }: Pick<BarProps, "more" | "scale" | "today">) {
  return (more?.milestones.edges ?? []).map(({ node }) =>
    node.dueOn === null || node.state === "WAIVED" ? null : (
      <svg
        aria-hidden="true"
        key={node.id}
        x={percent(scale.at(node.dueOn))}
        y="50%"
        className="overflow-visible"
      >
        <path d="M0-6 6 0 0 6-6 0z" strokeWidth="1.5" className={diamond(node, today)}>
          <title>{node.title}</title>
        </path>
      </svg>
    ),
  );
}

function diamond(milestone: Milestone, today: string | null): string {
  if (milestone.state === "DONE") return "fill-(--ok) stroke-card";
  return isLate(milestone, today) ? "fill-(--danger) stroke-card" : "fill-card stroke-ink";
}

/** The row in words. */
function useLabel({ task, more, today }: Pick<BarProps, "task" | "more" | "today">): string {
  const t = useMessages("tasks");
  const began = more?.life.steps.edges[0]?.node.at;
  const due = more?.deadline ?? task.deadline;
  const original = more?.life.originalDeadline ?? null;
  const dated = more?.milestones.edges.filter(({ node }) => node.dueOn !== null) ?? [];
  const late = dated.filter(({ node }) => isLate(node, today)).length;
  return [
    task.code,
    began === undefined
      ? t("timeline.notHandedOut")
      : t("timeline.began", { date: formatDate(dayOf(began)) }),
    due === null ? t("timeline.noDeadline") : t("timeline.due", { date: formatDate(due) }),
    original !== null && original !== due
      ? t("timeline.original", { date: formatDate(original) })
      : "",
    more?.life.isOverdue === true ? t("timeline.late") : "",
    dated.length > 0 ? t("timeline.milestones", { count: dated.length }) : "",
    late > 0 ? t("timeline.milestonesLate", { count: late }) : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}
