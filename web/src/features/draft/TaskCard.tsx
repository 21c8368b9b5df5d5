import { memo } from "react";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { DepartmentEditor } from "./DepartmentEditor";
import type { DraftTaskData } from "./fragments";
import { LinkEditor } from "./LinkEditor";
import { MetricEditor } from "./MetricEditor";
import { MilestoneEditor } from "./MilestoneEditor";
import { TargetWords } from "./TargetWords";
import { TaskBasics } from "./TaskBasics";

interface TaskCardProps {
  readonly task: DraftTaskData;
  readonly isOpen: boolean;
  /** Problems that touch it. */
  readonly problemCount: number;
  readonly onToggle: (code: string) => void;
}

/** One task that was found: its facts in three lines, opened to mend every one of them. */
export const TaskCard = memo(function TaskCard({
  task,
  isOpen,
  problemCount,
  onToggle,
}: TaskCardProps) {
  const t = useMessages("draft");
  return (
    <article
      id={`task-${task.code}`}
      aria-label={t("task.label", { code: task.code, title: task.title })}
      className={`rounded-card border bg-card ${isOpen ? "border-info" : "border-line"}`}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => {
          onToggle(task.code);
        }}
        className="grid w-full gap-1 rounded-card p-3 text-left hover:bg-sunken"
      >
        <span className="flex items-baseline gap-2">
          <span className="text-sm tabular-nums text-muted">{task.code}</span>
          <span className="min-w-0 flex-1 font-medium">{task.title}</span>
          {problemCount > 0 && (
            <Badge tone="warning">{t("task.problems", { count: problemCount })}</Badge>
          )}
        </span>
        {!isOpen && <TaskFacts task={task} />}
      </button>
      {isOpen && (
        <div className="grid gap-5 border-t border-line p-4">
          <TaskBasics task={task} />
          <DepartmentEditor task={task} />
          <MetricEditor task={task} />
          <MilestoneEditor task={task} />
          {task.kind === "KEY_TASK" && <LinkEditor task={task} />}
        </div>
      )}
    </article>
  );
});

/** Departments, metrics, deadline and links of a task in words. */
function TaskFacts({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const of = (role: string): string =>
    formatList(
      task.assignments.edges
        .filter((edge) => edge.node.role === role)
        .map((edge) => edge.node.department.shortName),
    );
  const lead = of("LEAD");
  const support = of("SUPPORT");
  return (
    <span className="grid gap-0.5 text-sm text-muted">
      <span>
        {lead === "" ? t("task.noLead") : t("task.lead", { names: lead })}
        {support !== "" && ` · ${t("task.support", { names: support })}`}
        {task.deadline !== null && ` · ${t("task.until", { date: formatDate(task.deadline) })}`}
      </span>
      {task.metrics.edges.length > 0 && (
        <span className="text-ink">
          {task.metrics.edges.map(({ node }, index) => (
            <span key={node.id}>
              {index > 0 && "；"}
              {node.name} <TargetWords metric={node} />
            </span>
          ))}
        </span>
      )}
      {task.sumsUp.edges.length > 0 && (
        <span>
          {t("task.sumsUp", { codes: formatList(task.sumsUp.edges.map((edge) => edge.node.code)) })}
        </span>
      )}
    </span>
  );
}
