import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { LargeOffer, TOO_LONG } from "./LargeOffer";
import type { Counts } from "./lines";
import type { SheetCheckData } from "./queries";
import type { Mode, SheetFile, SheetOf } from "./use-sheet-file";

const MODES = ["ALL_OR_NOTHING", "GOOD_ROWS"] as const;

interface TakeBarProps {
  readonly check: SheetCheckData;
  readonly counts: Counts;
  readonly sheet: SheetFile;
  readonly of: SheetOf;
  readonly onStarted: (importId: string) => void;
}

/** At the bottom, always in sight: what becomes of rows that cannot be taken, and 入库. */
export function TakeBar({ check, counts, sheet, of, onStarted }: TakeBarProps) {
  const t = useMessages("sheets");
  const [mode, setMode] = useState<Mode>("ALL_OR_NOTHING");
  const isHeld = counts.refused > 0 && mode === "ALL_OR_NOTHING";
  const canTake = check.changed > 0 && !isHeld;
  return (
    <section
      aria-label={t("mode")}
      className="no-print sticky bottom-0 z-20 grid gap-2 rounded-b-card border-t border-line bg-card p-3 max-md:bottom-14"
    >
      <TakeOutcome sheet={sheet} of={of} onStarted={onStarted} />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        {counts.refused > 0 && check.changed > 0 && (
          <SegmentedControl
            label={t("mode")}
            value={mode}
            options={MODES.map((value) => ({ value, label: t(`mode.${value}`) }))}
            onChange={setMode}
          />
        )}
        <p className="min-w-0 flex-1 basis-60 text-sm text-muted">
          {check.changed === 0 && t("take.nothing")}
          {check.changed > 0 &&
            counts.refused > 0 &&
            t(isHeld ? "mode.held" : "mode.left", { count: counts.refused })}
          {check.changed > 0 && counts.refused === 0 && t("check.nothingYet")}
        </p>
        <Button
          variant="primary"
          className="ml-auto"
          disabled={!canTake}
          isPending={sheet.isTaking}
          onClick={() => void sheet.take(mode)}
        >
          {t("take", { count: check.changed })}
        </Button>
      </div>
    </section>
  );
}

/** Why it was not taken. */
function TakeOutcome({ sheet, of, onStarted }: Omit<TakeBarProps, "check" | "counts">) {
  const t = useMessages("sheets");
  const { outcome } = sheet;
  if (outcome === null || outcome.kind === "done") return null;
  if (outcome.kind === "failed") return <Callout tone="danger" title={t("take.failed")} />;
  if (outcome.kind === "refused" && outcome.errors.some((one) => one.code === TOO_LONG)) {
    return <LargeOffer sheet={sheet} of={of} onStarted={onStarted} />;
  }
  const messages =
    outcome.kind === "conflict" ? [outcome.message] : outcome.errors.map((one) => one.message);
  return messages.map((message) => (
    <Callout key={message} tone="danger" title={message}>
      <Button size="small" onClick={sheet.retry}>
        {t("retry")}
      </Button>
    </Callout>
  ));
}
