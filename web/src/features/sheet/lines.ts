import type { SheetCheckData, SheetFigureData, SheetFindingData } from "./queries";

/** What becomes of a row: said for the first time, corrected, as it was, or not taken. */
export type LineKind = "fresh" | "changed" | "unchanged" | "refused";

/** A row of the file as the table shows it. */
export interface Line {
  readonly row: number;
  readonly code: string;
  readonly kind: LineKind;
  readonly metric: { readonly name: string; readonly unit: string } | null;
  readonly department: string | null;
  readonly before: SheetFigureData | null;
  readonly after: SheetFigureData | null;
  readonly findings: readonly SheetFindingData[];
}

/** What is said of a row that names no metric stands with its row, not with the file. */
const OF_A_ROW = "SHEET_CODE_MISSING";

/** The rows in the order of the file, those that name no metric among them. */
export function linesOf(check: SheetCheckData): readonly Line[] {
  const lines: Line[] = check.rows.map((row) => ({
    row: row.row,
    code: row.metricCode,
    kind: kindOf(row),
    metric: row.metric,
    department: row.department?.shortName ?? null,
    before: row.before,
    after: row.after,
    findings: row.findings,
  }));
  const nameless = check.findings.filter((one) => one.code === OF_A_ROW && one.row !== null);
  const rest = nameless.map((finding) => ({
    ...NAMELESS,
    row: finding.row ?? 0,
    findings: [finding],
  }));
  return rest.length === 0 ? lines : [...lines, ...rest].sort((a, b) => a.row - b.row);
}

const NAMELESS = {
  code: "",
  kind: "refused",
  metric: null,
  department: null,
  before: null,
  after: null,
} as const;

function kindOf({ outcome, before }: SheetCheckData["rows"][number]): LineKind {
  if (outcome === "REFUSED") return "refused";
  if (outcome === "UNCHANGED") return "unchanged";
  return before === null ? "fresh" : "changed";
}

/** What is to be said about the file and its headings. */
export function notesOf(check: SheetCheckData): readonly SheetFindingData[] {
  const ofRows = new Set(check.rows.flatMap((row) => row.findings.map(keyOf)));
  return check.findings.filter((one) => one.code !== OF_A_ROW && !ofRows.has(keyOf(one)));
}

const keyOf = ({ cell, code }: SheetFindingData): string => `${cell ?? ""} ${code}`;

/** How many rows end how; of a file that is longer than what is shown, new and corrected together. */
export interface Counts {
  readonly fresh: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  /** Rows that can be taken with something worth a look. */
  readonly warned: number;
  readonly all: number;
  /** Whether the rows shown are all that there are. */
  readonly isWhole: boolean;
}

export function countsOf(check: SheetCheckData, lines: readonly Line[]): Counts {
  const all = check.changed + check.unchanged + check.refused;
  const isWhole = lines.length >= all;
  const fresh = lines.filter((line) => line.kind === "fresh").length;
  return {
    fresh: isWhole ? fresh : 0,
    changed: isWhole ? check.changed - fresh : check.changed,
    unchanged: check.unchanged,
    refused: check.refused,
    warned: lines.filter((line) => line.kind !== "refused" && line.findings.length > 0).length,
    all,
    isWhole,
  };
}

/** Which rows the table shows. */
export const VIEWS = ["all", "findings", "takes", "refused"] as const;
export type View = (typeof VIEWS)[number];

export function linesIn(view: View, lines: readonly Line[]): readonly Line[] {
  switch (view) {
    case "all":
      return lines;
    case "findings":
      return lines.filter((line) => line.findings.length > 0);
    case "takes":
      return lines.filter((line) => line.kind === "fresh" || line.kind === "changed");
    case "refused":
      return lines.filter((line) => line.kind === "refused");
  }
}
