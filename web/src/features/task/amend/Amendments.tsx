import { useState } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../../i18n/messages";
import { AmendmentChanges } from "../../../states/AmendmentChanges";
import { ErrorState } from "../../../states/ErrorState";
import { Badge } from "../../../ui/Badge";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { DecideAmendmentDialog } from "./DecideAmendmentDialog";
import { ProposeAmendmentDialog } from "./ProposeAmendmentDialog";
import { type AmendmentData, TaskAmendmentsQuery } from "./queries";

const TONES = { PROPOSED: "warning", APPROVED: "ok", REFUSED: "neutral" } as const;

interface AmendmentsProps {
  readonly code: string;
  /** Reads the rest of the task again: an approved change changes it. */
  readonly reload: () => void;
}

/** 变更: what was changed since issue and by whom, and the way to propose more. */
export function Amendments({ code, reload }: AmendmentsProps) {
  const t = useMessages("amend");
  const [open, setOpen] = useState<AmendmentData | "propose" | null>(null);
  const [{ data, error }, read] = useQuery({
    query: TaskAmendmentsQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const again = () => {
    read({ requestPolicy: "network-only" });
    reload();
  };
  if (data?.task == null) {
    return error === undefined ? null : <ErrorState error={error} onRetry={again} />;
  }
  const { task } = data;
  const { amendments, viewerCanAmend, viewerCanDecideAmendment } = task.life;
  const mayPropose = viewerCanAmend && amendments.every((one) => one.state !== "PROPOSED");
  if (amendments.length === 0 && !mayPropose) return null;
  return (
    <Card
      title={t("amendments")}
      subtitle={amendments.length === 0 ? t("amendments.none") : undefined}
      actions={
        mayPropose && (
          <Button size="small" icon="edit" onClick={() => setOpen("propose")}>
            {t("propose")}
          </Button>
        )
      }
      isFlush
    >
      {amendments.length > 0 && (
        <ul className="grid">
          {amendments.map((one) => (
            <li key={one.id} className="grid gap-2 border-b border-line px-4 py-3 last:border-b-0">
              <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Badge tone={TONES[one.state]}>{t(`state.${one.state}`)}</Badge>
                <span className="min-w-40 flex-1">
                  {one.proposedBy.displayName}：{one.reason}
                </span>
                {one.state === "PROPOSED" && viewerCanDecideAmendment && (
                  <Button size="small" onClick={() => setOpen(one)}>
                    {t("decide")}
                  </Button>
                )}
              </div>
              <AmendmentChanges amendment={one} />
              {one.decidedBy !== null && (
                <p className="caption text-sm text-muted">
                  {t("decidedBy", { name: one.decidedBy.displayName })} {one.decisionReason}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {open === "propose" && (
        <ProposeAmendmentDialog task={task} reload={again} onClose={() => setOpen(null)} />
      )}
      {open !== null && open !== "propose" && (
        <DecideAmendmentDialog
          code={task.code}
          amendment={open}
          reload={again}
          onClose={() => setOpen(null)}
        />
      )}
    </Card>
  );
}
