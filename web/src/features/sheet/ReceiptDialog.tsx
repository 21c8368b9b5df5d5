import { useState } from "react";
import { useClient } from "urql";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { type ReceiptData, ReceiptQuery } from "./queries";

/** Whether a pasted receipt is genuine; what is pasted stays until the dialog is closed. */
export function ReceiptDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useMessages("sheets");
  const client = useClient();
  const [text, setText] = useState("");
  const [isBusy, setIsBusy] = useState(false);
  const [answer, setAnswer] = useState<ReceiptData | "failed" | "missing" | null>(null);
  const check = async (): Promise<void> => {
    if (text.trim() === "") {
      setAnswer("missing");
      return;
    }
    setIsBusy(true);
    const { data } = await client
      .query(ReceiptQuery, { receipt: text }, { requestPolicy: "network-only" })
      .toPromise();
    setIsBusy(false);
    setAnswer(data?.sheetReceipt ?? "failed");
  };
  return (
    <Dialog
      title={t("receipt.check")}
      onClose={onClose}
      actions={
        <Button variant="primary" isPending={isBusy} onClick={() => void check()}>
          {t("receipt.verify")}
        </Button>
      }
    >
      <div className="grid gap-3">
        <Field
          label={t("receipt.paste")}
          hint={t("receipt.paste.hint")}
          error={answer === "missing" ? t("receipt.missing") : undefined}
        >
          <TextArea
            rows={10}
            className="font-mono text-sm"
            value={text}
            onChange={(next) => {
              setText(next);
              setAnswer(null);
            }}
          />
        </Field>
        <div aria-live="polite" className="empty:hidden">
          {answer === "failed" && <Callout tone="danger" title={t("receipt.failed")} />}
          {answer !== null && typeof answer !== "string" && <Verdict answer={answer} />}
        </div>
      </div>
    </Dialog>
  );
}

function Verdict({ answer }: { readonly answer: ReceiptData }) {
  const t = useMessages("sheets");
  const { sheet } = answer;
  if (!answer.isGenuine) {
    return (
      <Callout tone="danger" title={t("receipt.forged")}>
        {t("receipt.forged.detail")}
      </Callout>
    );
  }
  return (
    <Callout
      tone={answer.isUnchanged ? "ok" : "warning"}
      title={t(answer.isUnchanged ? "receipt.genuine" : "receipt.changed")}
    >
      {sheet !== null && (
        <p>
          {sheet.fileName} · {sheet.department.name} {formatPeriod(sheet.period)} ·{" "}
          {sheet.recordedBy.displayName} {formatDateTime(sheet.recordedAt)}
        </p>
      )}
      {sheet?.undoneAt != null && <p>{t("receipt.undone")}</p>}
    </Callout>
  );
}
