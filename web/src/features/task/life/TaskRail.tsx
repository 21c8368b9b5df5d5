import { formatDate, formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Card } from "../../../ui/Card";
import { classNames } from "../../../ui/class-names";
import { Icon } from "../../../ui/Icon";
import type { TaskLifeData } from "./fragments";
import { RAIL, type RailNode, railOf, span } from "./rail";
import { sinceWords, spanWords } from "./span-words";

interface TaskRailProps {
  readonly task: TaskLifeData;
  /** The day it is for the installation. */
  readonly today: string | null;
}

/** The closed loop: 交办 to 归档, each node with who, when and how long. */
export function TaskRail({ task, today }: TaskRailProps) {
  const t = useMessages("life");
  const steps = task.life.steps.edges.map((edge) => edge.node);
  return (
    <Card title={t("rail")}>
      <div className="@container">
        <ol className="grid gap-y-3 @3xl:grid-cols-6 print:grid-cols-3">
          {railOf(task.state, steps).map((node, index) => (
            <Node
              key={node.name}
              node={node}
              isLast={index === RAIL.length - 1}
              task={task}
              today={today}
            />
          ))}
        </ol>
      </div>
    </Card>
  );
}

interface NodeProps extends TaskRailProps {
  readonly node: RailNode;
  readonly isLast: boolean;
}

const MARKS: Readonly<Record<RailNode["status"], string>> = {
  done: "border-ok bg-ok text-card",
  now: "border-info bg-info text-card",
  ahead: "border-line-strong bg-card text-muted",
  stopped: "border-warn bg-warn-soft text-warn",
};

function Node({ node, isLast, task, today }: NodeProps) {
  const t = useMessages("life");
  const isAhead = node.status === "ahead";
  return (
    <li
      aria-current={node.status === "now" || node.status === "stopped" ? "step" : undefined}
      className="relative grid grid-cols-[1.75rem_minmax(0,1fr)] content-start gap-x-2.5 @3xl:grid-cols-1 @3xl:gap-y-2 @3xl:pr-3"
    >
      {!isLast && (
        <span
          aria-hidden="true"
          className={classNames(
            "absolute print:hidden top-8 -bottom-2 left-[0.8rem] w-0.5 @3xl:top-[0.8rem] @3xl:right-1 @3xl:bottom-auto @3xl:left-9 @3xl:h-0.5 @3xl:w-auto",
            node.status === "done" ? "bg-ok" : "bg-line",
          )}
        />
      )}
      <span
        aria-hidden="true"
        className={classNames(
          "relative grid size-7 place-items-center rounded-full border-2 print:text-ink",
          MARKS[node.status],
        )}
      >
        <Mark status={node.status} />
      </span>
      <div className="min-w-0">
        <p
          className={classNames(
            "leading-7 @3xl:leading-normal",
            isAhead ? "text-muted" : "font-semibold",
          )}
        >
          {t(`rail.${node.name}`)}
          {node.status !== "done" && (
            <span className="ml-2 text-sm font-normal text-muted">{t(`rail.${node.status}`)}</span>
          )}
        </p>
        <NodeFacts node={node} task={task} today={today} />
      </div>
    </li>
  );
}

function Mark({ status }: { readonly status: RailNode["status"] }) {
  if (status === "done") return <Icon name="check" size={14} />;
  if (status === "stopped") return <Icon name="minus" size={14} />;
  return (
    <span className={`size-2 rounded-full ${status === "now" ? "bg-current" : "bg-line-strong"}`} />
  );
}

/** Who, when, how long; and what the node waits for. */
function NodeFacts({ node, task, today }: Omit<NodeProps, "isLast">) {
  const t = useMessages("life");
  const words = useMessages("domain");
  const { step, since, until, status } = node;
  const { life } = task;
  const isHere = status === "now" || status === "stopped";
  const lines: (string | false | null | undefined)[] = [
    step?.by.displayName,
    step !== null && formatDateTime(step.at),
    since !== null && until !== null && t("rail.took", { span: spanWords(span(since, until), t) }),
    node.name === "complete" && step !== null && life.grade !== null && t(`grade.${life.grade}`),
    node.name === "archive" && step !== null && step.reason,
    isHere && task.state !== "DRAFT" && words(`state.${task.state}`),
    isHere && since !== null && today !== null && sinceWords(since, today, t),
    isHere && life.signBy !== null && t("rail.signBy", { date: formatDate(life.signBy) }),
    isHere && life.mendBy !== null && t("rail.mendBy", { date: formatDate(life.mendBy) }),
    isHere && life.reviewOn !== null && t("rail.reviewOn", { date: formatDate(life.reviewOn) }),
    node.name === "work" &&
      isHere &&
      life.accountable !== null &&
      t("rail.accountable", { name: life.accountable.displayName }),
  ];
  return (
    <ul className="text-sm text-muted">
      {lines
        .filter((line) => typeof line === "string" && line !== "")
        .map((line) => (
          <li key={String(line)}>{line}</li>
        ))}
    </ul>
  );
}
