import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { percentDone, shareOf } from "./import-progress";
import type { LargeImportData } from "./import-queries";

/** What became of the rows, in the colours of their counts. */
const PARTS = [
  { fact: "taken", fill: "bg-ok" },
  { fact: "unchanged", fill: "bg-line-strong" },
  { fact: "refused", fill: "bg-danger" },
] as const;

/** How many rows were looked at, as a bar and in words. */
export function ImportBar({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  const words = t("import.done.words", {
    done: formatNumber(of.rowsDone),
    rows: formatNumber(of.rows),
  });
  return (
    <div className="grid gap-1.5">
      <div
        role="progressbar"
        aria-label={t("import.progress")}
        aria-valuemin={0}
        aria-valuemax={of.rows}
        aria-valuenow={of.rowsDone}
        aria-valuetext={words}
        className="no-print flex h-3 overflow-hidden rounded-full border border-line-strong bg-sunken"
      >
        {PARTS.map(({ fact, fill }) => (
          <div
            key={fact}
            className={`h-full motion-safe:transition-[width] ${fill}`}
            style={{ width: `${String(shareOf(of[fact], of.rows))}%` }}
          />
        ))}
      </div>
      <p className="flex flex-wrap justify-between gap-x-4 text-sm text-muted tabular-nums">
        <span>{words}</span>
        <span>{percentDone(of)}%</span>
      </p>
    </div>
  );
}
