import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { messageFor, otherMessages, type Outcome } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { showToast } from "../../ui/Toast";
import { type SheetData, UndoSheet } from "./queries";

const undone = (data: ResultOf<typeof UndoSheet>) => data.undoMeasurementSheet;

interface UndoDialogProps {
  readonly sheet: SheetData;
  readonly onClose: () => void;
  readonly onUndone: () => void;
}

/** Takes a whole file back, with a reason; what is typed stays when it is refused. */
export function UndoDialog({ sheet, onClose, onUndone }: UndoDialogProps) {
  const t = useMessages("sheets");
  const act = useKeyedAct(UndoSheet, undone);
  const [reason, setReason] = useState("");
  const [isMissing, setIsMissing] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  const confirm = async (): Promise<void> => {
    const isBlank = reason.trim() === "";
    setIsMissing(isBlank);
    if (isBlank) return;
    setIsBusy(true);
    const ended = await act({ sheetId: sheet.id, reason: reason.trim() });
    setIsBusy(false);
    setOutcome(ended);
    if (ended.kind !== "done") return;
    showToast({ message: t("undo.done") });
    onUndone();
  };
  return (
    <Dialog
      title={t("undo.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("undo.cancel")}</Button>
          <Button variant="danger" isPending={isBusy} onClick={() => void confirm()}>
            {t("undo.confirm")}
          </Button>
        </>
      }
    >
      <div className="grid gap-3">
        <p>{t("undo.detail", { count: sheet.taken })}</p>
        <Field
          label={t("undo.reason")}
          isRequired
          error={isMissing ? t("undo.reason.missing") : messageFor(errors, "reason")}
        >
          <TextArea rows={3} value={reason} onChange={setReason} />
        </Field>
        {otherMessages(errors, ["reason"]).map((message) => (
          <Callout key={message} tone="danger" title={message} />
        ))}
        {outcome?.kind === "conflict" && <Callout tone="danger" title={outcome.message} />}
        {outcome?.kind === "failed" && <Callout tone="danger" title={t("take.failed")} />}
      </div>
    </Dialog>
  );
}
