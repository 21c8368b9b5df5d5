import { useMessages } from "../../i18n/messages";
import type { SheetFindingData } from "./queries";

const LOOKS = {
  ERROR: { mark: "■", tone: "text-danger" },
  WARNING: { mark: "▲", tone: "text-warn" },
} as const;

/** A finding: how grave, on which cell, and what to mend. */
export function FindingWords({ finding }: { readonly finding: SheetFindingData }) {
  const t = useMessages("sheets");
  const { mark, tone } = LOOKS[finding.severity];
  return (
    <p className="text-sm">
      <span aria-hidden="true" className={tone}>
        {mark}{" "}
      </span>
      <span className="sr-only">{t(`severity.${finding.severity}`)} </span>
      {finding.cell !== null && (
        <strong className="mr-1.5 rounded border border-line-strong bg-card px-1 font-mono text-xs font-medium tabular-nums">
          {finding.cell}
        </strong>
      )}
      {finding.message}
    </p>
  );
}
