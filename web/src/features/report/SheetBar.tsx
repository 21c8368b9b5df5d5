import { useEffect, useEffectEvent, useState } from "react";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { formatDate } from "../../i18n/format";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { KeyHint } from "../../ui/KeyHint";
import type { Outcome } from "../../graphql/outcome";
import type { SheetExtra } from "./extra";
import type { ReportSheetData } from "./queries";
import { isEditable, isFilled } from "./sheet-state";
import { SubmitDialog } from "./SubmitDialog";
import { useShownSaving } from "./use-shown-saving";
import type { Sheet } from "./use-sheet";

interface SheetBarProps {
  readonly data: ReportSheetData;
  readonly sheet: Sheet;
  readonly extra: SheetExtra | null;
}

/** At the bottom: how much is filled in, how it is stored, how long there is, and 提交. */
export function SheetBar({ data, sheet, extra }: SheetBarProps) {
  const t = useMessages("report");
  const refuse = useRefusal();
  const [isAsking, setIsAsking] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const filled = sheet.rows.filter((row) => !isEditable(row) || isFilled(row)).length;
  const open = sheet.rows.filter(isEditable);
  const isTaken = data.windowState === "OPEN" || data.windowState === "LATE";
  const hasReports = data.viewerCanWrite && open.some(isFilled);
  const canSubmit = isTaken && (hasReports || (extra !== null && extra.ready > 0));
  const ask = useEffectEvent(() => {
    if (canSubmit) setIsAsking(true);
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
      event.preventDefault();
      ask();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
  const submit = async (): Promise<void> => {
    setIsBusy(true);
    const reported = hasReports ? await sheet.submit() : DONE;
    const measured = extra !== null && extra.ready > 0 ? await extra.submit() : DONE;
    setIsBusy(false);
    setIsAsking(false);
    refuse(reported.kind === "done" ? measured : reported, t("submit.done"));
  };
  return (
    <div className="no-print sticky bottom-14 z-20 mt-3 flex items-center gap-x-4 rounded-card border border-line bg-card px-4 py-2.5 shadow-overlay md:bottom-2">
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-4">
        {sheet.rows.length > 0 && (
          <p className="font-medium tabular-nums">
            {t("bar.filled", { filled, all: sheet.rows.length })}
          </p>
        )}
        {extra !== null && <p className="font-medium tabular-nums">{extra.said}</p>}
        <Countdown data={data} />
        <p aria-live="polite" className="text-sm text-muted">
          {useShownSaving(sheet.rows)}
        </p>
      </div>
      <span className="flex shrink-0 items-center gap-2">
        <span className="max-md:hidden">
          <KeyHint keys={["Ctrl", "Enter"]} />
        </span>
        <Button variant="primary" disabled={!canSubmit} onClick={() => setIsAsking(true)}>
          {t("submit")}
        </Button>
      </span>
      {isAsking && (
        <SubmitDialog
          open={open}
          extra={extra}
          isLate={data.windowState === "LATE"}
          isBusy={isBusy}
          onSubmit={() => void submit()}
          onClose={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}

const DONE: Outcome = { kind: "done" };
const DAY_MS = 86_400_000;

/** How many days are left, or that it is late or over. */
function Countdown({ data }: Pick<SheetBarProps, "data">) {
  const t = useMessages("report");
  const { today } = useToday();
  if (today === null) return null;
  const day = formatDate(data.windowState === "OPEN" ? data.dueOn : data.closesOn);
  const left = Math.round((Date.parse(data.dueOn) - Date.parse(today)) / DAY_MS);
  const isLast = data.windowState === "OPEN" && left === 0;
  const words = isLast
    ? t("window.today")
    : t(`window.${data.windowState}`, { left, day, opens: formatDate(data.opensOn) });
  const tone = data.windowState === "LATE" || isLast ? "text-warn" : "text-muted";
  return <p className={`text-sm ${tone}`}>{words}</p>;
}
