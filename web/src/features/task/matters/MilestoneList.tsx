import { useState } from "react";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Status } from "../../../ui/Status";
import { type MilestoneAct, MilestoneDialog } from "./MilestoneDialog";
import type { MilestoneData, TaskMattersData } from "./queries";

const LOOKS = {
  OPEN: { shape: "ring", tone: "neutral" },
  DONE: { shape: "circle", tone: "ok" },
  WAIVED: { shape: "dash", tone: "neutral" },
} as const;

interface MilestoneListProps {
  readonly task: TaskMattersData;
  readonly reload: () => void;
}

/** Dated steps of a task, each with how it was settled and what may be done to it. */
export function MilestoneList({ task, reload }: MilestoneListProps) {
  const t = useMessages("task");
  const [open, setOpen] = useState<{ act: MilestoneAct; milestone: MilestoneData } | null>(null);
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
            <MilestoneRow
              key={milestone.id}
              milestone={milestone}
              acts={actsOf(milestone, task.life)}
              onAct={(act) => setOpen({ act, milestone })}
            />
          ))}
        </ul>
      )}
      {open !== null && <MilestoneDialog {...open} reload={reload} onClose={() => setOpen(null)} />}
    </Card>
  );
}

function actsOf(milestone: MilestoneData, life: TaskMattersData["life"]): readonly MilestoneAct[] {
  if (milestone.state !== "OPEN") return life.viewerCanReopenMilestones ? ["REOPEN"] : [];
  const acts: MilestoneAct[] = [];
  if (life.viewerCanSettle) acts.push("COMPLETE");
  if (life.viewerCanWaive) acts.push("WAIVE");
  return acts;
}

interface MilestoneRowProps {
  readonly milestone: MilestoneData;
  readonly acts: readonly MilestoneAct[];
  readonly onAct: (act: MilestoneAct) => void;
}

function MilestoneRow({ milestone, acts, onAct }: MilestoneRowProps) {
  const t = useMessages("task");
  const matters = useMessages("matters");
  const { settled } = milestone;
  return (
    <li className="grid gap-1 border-b border-line px-4 py-2.5 last:border-b-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <span className="min-w-40 flex-1">{milestone.title}</span>
        <span className="text-sm text-muted">
          {milestone.dueOn === null ? t("milestones.noDate") : formatDate(milestone.dueOn)}
        </span>
        <span className="text-sm">
          <Status {...LOOKS[milestone.state]} word={t(`milestone.${milestone.state}`)} />
        </span>
        {acts.length > 0 && (
          <span className="no-print flex gap-2">
            {acts.map((act) => (
              <Button key={act} size="small" onClick={() => onAct(act)}>
                {matters(`milestone.${act}`)}
                <span className="sr-only">{milestone.title}</span>
              </Button>
            ))}
          </span>
        )}
      </div>
      {settled !== null && (
        <p className="text-sm whitespace-pre-line text-muted">
          {settled.doneOn === null
            ? settled.by.displayName
            : matters("milestone.by", {
                name: settled.by.displayName,
                date: formatDate(settled.doneOn),
              })}
          {"："}
          {settled.words}
        </p>
      )}
    </li>
  );
}
