import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Status } from "../../ui/Status";
import type { TaskDetailData } from "./queries";

const LOOKS = {
  OPEN: { shape: "ring", tone: "neutral" },
  DONE: { shape: "circle", tone: "ok" },
  WAIVED: { shape: "dash", tone: "neutral" },
} as const;

/** Dated steps and yes-or-no deliverables of a task. */
export function TaskMilestones({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const milestones = task.milestones.edges.map((edge) => edge.node);
  return (
    <Card
      title={t("milestones")}
      subtitle={milestones.length === 0 ? t("milestones.none") : undefined}
      isFlush
    >
      {milestones.length > 0 && (
        <ul className="grid">
          {milestones.map((milestone) => (
            <li
              key={milestone.id}
              className="flex flex-wrap items-center gap-x-4 border-b border-line px-4 py-2.5 last:border-b-0"
            >
              <span className="min-w-0 flex-1">{milestone.title}</span>
              <span className="text-sm text-muted">
                {milestone.dueOn === null ? t("milestones.noDate") : formatDate(milestone.dueOn)}
              </span>
              <span className="text-sm">
                <Status {...LOOKS[milestone.state]} word={t(`milestone.${milestone.state}`)} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
