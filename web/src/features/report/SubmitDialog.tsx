import { useMessages } from "../../i18n/messages";
import { formatList } from "../../i18n/format";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import type { SheetExtra } from "./extra";
import { isFilled, type Row } from "./sheet-state";

interface SubmitDialogProps {
  /** Rows that are not submitted yet. */
  readonly open: readonly Row[];
  readonly extra: SheetExtra | null;
  readonly isLate: boolean;
  readonly isBusy: boolean;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
}

/** Says what is submitted and what is not, before it is done. */
export function SubmitDialog(props: SubmitDialogProps) {
  const { open, extra, isLate, isBusy, onSubmit, onClose } = props;
  const t = useMessages("report");
  const ready = open.filter(isFilled);
  const rest = open.filter((row) => !isFilled(row));
  return (
    <Dialog
      title={t("submit.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t("submit.back")}</Button>
          <Button variant="primary" isPending={isBusy} onClick={onSubmit}>
            {t("submit.confirm", { count: ready.length + (extra?.ready ?? 0) })}
          </Button>
        </>
      }
    >
      {ready.length > 0 && <p>{t("submit.ready", { count: ready.length })}</p>}
      {rest.length > 0 && (
        <p className="mt-1 text-warn">
          {t("submit.rest", { codes: formatList(rest.map((row) => row.task.code)) })}
        </p>
      )}
      {extra?.announced.map((words) => (
        <p key={words} className="mt-1">
          {words}
        </p>
      ))}
      {isLate && <p className="mt-1 text-warn">{t("submit.late")}</p>}
    </Dialog>
  );
}
