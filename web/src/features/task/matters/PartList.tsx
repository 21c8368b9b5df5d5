import { useState } from "react";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { Link } from "../../../ui/Link";
import { TaskState } from "../../../ui/TaskState";
import { taskUrl } from "../../../ui/urls";
import { DivideDialog } from "./DivideDialog";
import type { TaskMattersData } from "./queries";

interface PartListProps {
  readonly task: TaskMattersData;
  readonly reload: () => void;
}

/** Parts handed down, and the way to hand more down; nothing where there is neither. */
export function PartList({ task, reload }: PartListProps) {
  const t = useMessages("matters");
  const [isOpen, setOpen] = useState(false);
  const parts = task.subTasks.edges.map((edge) => edge.node);
  const mayDivide = task.life.viewerCanDivide;
  if (parts.length === 0 && !mayDivide) return null;
  return (
    <Card
      title={t("parts")}
      subtitle={parts.length === 0 ? t("parts.none") : t("parts.hint")}
      actions={
        mayDivide && (
          <Button size="small" icon="plus" onClick={() => setOpen(true)}>
            {t("divide")}
          </Button>
        )
      }
      isFlush
    >
      {parts.length > 0 && (
        <ul className="grid">
          {parts.map((part) => (
            <li
              key={part.id}
              className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-2.5 last:border-b-0"
            >
              <Link to={taskUrl(part.code)} className="text-link tabular-nums hover:underline">
                {part.code}
              </Link>
              <span className="min-w-40 flex-1">{part.title}</span>
              <span className="text-sm text-muted">{part.lead?.shortName}</span>
              {part.deadline !== null && (
                <span className="text-sm text-muted">{formatDate(part.deadline)}</span>
              )}
              <span className="text-sm">
                <TaskState state={part.state} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpen && <DivideDialog task={task} reload={reload} onClose={() => setOpen(false)} />}
    </Card>
  );
}
