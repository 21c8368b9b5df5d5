import type { RefusedFieldData } from "../../graphql/refused-field";
import { minus, plus, readNames, readNumber } from "../../ui/typed-number";
import type { FigureMetricData, SaidData } from "./queries";

/** What is typed of one metric. */
export interface Typed {
  /** The figure of the month; of a ratio its numerator. */
  readonly month: string;
  /** The running total of the year. */
  readonly total: string;
  /** Which of both was typed; the other one is derived. */
  readonly by: "month" | "total";
  readonly base: string;
  readonly names: string;
  readonly isNotApplicable: boolean;
  readonly reason: string;
  /** Files that show it, sent already. */
  readonly files: readonly TypedFile[];
}

/** A file that was sent and goes under a figure. */
export interface TypedFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
}

export const BLANK: Typed = {
  month: "",
  total: "",
  by: "month",
  base: "",
  names: "",
  isNotApplicable: false,
  reason: "",
  files: [],
};

export type Handing = "idle" | "sending" | "failed" | "conflict" | "refused";

/** One metric that the department is asked for, as shown and as stored. */
export interface FigureRow {
  readonly metric: FigureMetricData;
  /** The newest revision; none where nothing was ever said. */
  readonly stored: SaidData | null;
  /** What stands again, where the newest revision was taken back or rejected. */
  readonly stands: SaidData | null;
  /** What was said for the month before. */
  readonly previous: SaidData | null;
  readonly typed: Typed;
  readonly handing: Handing;
  readonly errors: readonly RefusedFieldData[];
}

/** What the metric takes besides a figure. */
export function shapeOf({ timeAggregation, treeAggregation }: FigureMetricData) {
  const hasBase = treeAggregation === "RATIO" || treeAggregation === "WEIGHTED";
  const hasNames = treeAggregation === "DISTINCT";
  return { hasBase, hasNames, hasTotal: timeAggregation === "SUM" && !hasBase && !hasNames };
}

/** The running total up to the month before, as the department says it. */
export function beforeOf({ metric }: Pick<FigureRow, "metric">): string {
  return metric.before?.provisional ?? metric.before?.verified ?? "0";
}

/** What is said of the month: what was taken back says nothing, what it replaced speaks again. */
export function saidOf({ stored, stands }: Pick<FigureRow, "stored" | "stands">): SaidData | null {
  return stored?.state === "WITHDRAWN" ? stands : stored;
}

/** What a revision looks like in the cells. */
export function typedOf(said: SaidData | null): Typed {
  if (said === null) return BLANK;
  if (said.kind === "NOT_APPLICABLE") return { ...BLANK, isNotApplicable: true };
  const total = said.runningTotal ?? "";
  return {
    ...BLANK,
    month: said.things.length > 0 ? "" : (said.value ?? ""),
    total,
    by: total === "" ? "month" : "total",
    base: said.base ?? "",
    names: said.things.join("、"),
  };
}

/** Both figures as the cells show them: the typed one, and the other one derived from it. */
export function bothOf(row: FigureRow): { readonly month: string; readonly total: string } {
  const { month, total, by } = row.typed;
  const typed = readNumber(by === "month" ? month : total);
  if (by === "month") return { month, total: typed === null ? "" : plus(beforeOf(row), typed) };
  return { total, month: typed === null ? "" : minus(typed, beforeOf(row)) };
}

/** Whether nothing is said; that is missing, not zero. */
export function isBlank(row: FigureRow): boolean {
  const { typed } = row;
  if (typed.isNotApplicable) return false;
  if (shapeOf(row.metric).hasNames) return typed.names.trim() === "" && typed.month.trim() === "";
  return (
    (typed.by === "month" ? typed.month : typed.total).trim() === "" && typed.base.trim() === ""
  );
}

/** Whether something else is typed than what is stored. */
export function isChanged(row: FigureRow): boolean {
  const plain = (typed: Typed): string =>
    JSON.stringify({ ...typed, reason: "", [typed.by === "month" ? "total" : "month"]: "" });
  return plain(row.typed) !== plain(typedOf(saidOf(row)));
}

/** A cell whose text is no figure. */
export function unreadable(row: FigureRow): "month" | "total" | "base" | null {
  const { typed } = row;
  if (typed.isNotApplicable || isBlank(row)) return null;
  const shape = shapeOf(row.metric);
  if (shape.hasNames && typed.names.trim() !== "") return null;
  if (readNumber(typed[typed.by]) === null) return typed.by;
  return typed.base.trim() !== "" && readNumber(typed.base) === null ? "base" : null;
}

/** Whether the row goes along when the page is handed in. */
export function isToSend(row: FigureRow): boolean {
  if (isBlank(row) || unreadable(row) !== null || row.handing === "conflict") return false;
  return isChanged(row) || saidOf(row)?.state === "DRAFT";
}

/** Whether what is typed replaces what was handed in before: that takes a reason. */
export function isCorrection(row: FigureRow): boolean {
  const isAsked = row.errors.some((error) => error.path.at(-1) === "reason");
  const state = saidOf(row)?.state;
  return isAsked || ((state === "SUBMITTED" || state === "VERIFIED") && isChanged(row));
}

/** The row on the way to the server. */
export function figureInput(row: FigureRow, of: { department: string; period: string }) {
  const { typed } = row;
  return {
    ...of,
    metric: row.metric.id,
    expectedVersion: row.stored?.revision ?? null,
    reason: typed.reason.trim() === "" ? null : typed.reason.trim(),
    ...(typed.files.length === 0 ? {} : { evidence: typed.files.map((file) => file.id) }),
    ...inputOf(row),
  };
}

function inputOf({ typed, metric }: FigureRow) {
  if (typed.isNotApplicable) return { isNotApplicable: true };
  const shape = shapeOf(metric);
  if (shape.hasNames) {
    return typed.names.trim() === "" && readNumber(typed.month) === "0"
      ? { things: [] }
      : typed.names.trim() === ""
        ? { value: readNumber(typed.month) }
        : { things: readNames(typed.names) };
  }
  if (typed.by === "total") return { runningTotal: readNumber(typed.total) };
  const base = shape.hasBase ? readNumber(typed.base) : null;
  return { value: readNumber(typed.month), ...(base === null ? {} : { base }) };
}

/** What is typed on a metric and not handed in, as this browser keeps it. */
export interface KeptFigure {
  readonly typed: Typed;
  /** The revision that it was typed over; 0 where there was none. */
  readonly revision: number;
}

/** The newest revision of each metric. */
export function newest(said: readonly SaidData[]): ReadonlyMap<string, SaidData> {
  const found = new Map<string, SaidData>();
  for (const one of said) {
    const known = found.get(one.metric.id);
    if (known === undefined || known.revision < one.revision) found.set(one.metric.id, one);
  }
  return found;
}

/** Revisions that say nothing any more. */
const isGone = ({ state }: SaidData): boolean => state === "WITHDRAWN" || state === "REJECTED";

/** The newest revision of each metric that says something: what is handed in, or was before. */
function standing(said: readonly SaidData[]): ReadonlyMap<string, SaidData> {
  return newest(said.filter((one) => !isGone(one) && one.state !== "DRAFT"));
}

/** What stands again under the newest revision, where that one is gone. */
function standingUnder(stored: SaidData | null, stands: SaidData | undefined): SaidData | null {
  return stored !== null && isGone(stored) ? (stands ?? null) : null;
}

/** The rows as loaded, with what this browser kept laid over them. */
export function figureRows(
  metrics: readonly FigureMetricData[],
  said: { readonly now: readonly SaidData[]; readonly before: readonly SaidData[] },
  kept: Readonly<Record<string, KeptFigure>>,
): FigureRow[] {
  const [now, before] = [newest(said.now), standing(said.before)];
  const stand = standing(said.now);
  return metrics.map((metric) => {
    const stored = now.get(metric.id) ?? null;
    const stands = standingUnder(stored, stand.get(metric.id));
    const draft = kept[metric.code];
    const isStale = draft !== undefined && draft.revision !== (stored?.revision ?? 0);
    return {
      metric,
      stored,
      stands,
      previous: before.get(metric.id) ?? null,
      // What an older version of the page has kept knows no files.
      typed:
        draft === undefined ? typedOf(saidOf({ stored, stands })) : { ...BLANK, ...draft.typed },
      handing: isStale ? "conflict" : "idle",
      errors: [],
    };
  });
}

/** What is to be kept in this browser. */
export function keptOf(rows: readonly FigureRow[]): Readonly<Record<string, KeptFigure>> {
  return Object.fromEntries(
    rows
      .filter(isChanged)
      .map((row) => [row.metric.code, { typed: row.typed, revision: row.stored?.revision ?? 0 }]),
  );
}

/** What happens to the rows. */
export type FigureAction =
  | { readonly type: "loaded"; readonly rows: readonly FigureRow[] }
  | { readonly type: "write"; readonly code: string; readonly typed: Partial<Typed> }
  | { readonly type: "handing"; readonly codes: readonly string[]; readonly handing: Handing }
  | { readonly type: "answered"; readonly code: string; readonly answer: FigureAnswer }
  | { readonly type: "reloaded"; readonly said: readonly SaidData[] }
  | { readonly type: "keepTyped"; readonly code: string }
  | { readonly type: "takeStored"; readonly code: string };

/** What the server says of one row. */
export interface FigureAnswer {
  readonly measurement: SaidData | null;
  readonly userErrors: readonly RefusedFieldData[];
}

export function reduceFigures(
  rows: readonly FigureRow[],
  action: FigureAction,
): readonly FigureRow[] {
  const change = (code: string, make: (row: FigureRow) => FigureRow) =>
    rows.map((row) => (row.metric.code === code ? make(row) : row));
  switch (action.type) {
    case "loaded":
      return action.rows;
    case "write":
      return change(action.code, (row) => ({
        ...row,
        typed: { ...row.typed, ...action.typed },
        handing: row.handing === "conflict" ? "conflict" : "idle",
        // That a reason is asked for stays said until it is handed in.
        errors: row.errors.filter((error) => error.path.at(-1) === "reason"),
      }));
    case "handing":
      return rows.map((row) =>
        action.codes.includes(row.metric.code) ? { ...row, handing: action.handing } : row,
      );
    case "answered":
      return change(action.code, (row) => answered(row, action.answer));
    case "reloaded": {
      const fresh = newest(action.said);
      const stand = standing(action.said);
      return rows.map((row) => {
        if (row.handing !== "conflict") return row;
        const stored = fresh.get(row.metric.id) ?? null;
        return { ...row, stored, stands: standingUnder(stored, stand.get(row.metric.id)) };
      });
    }
    case "keepTyped":
      return change(action.code, (row) => ({ ...row, handing: "idle" }));
    case "takeStored":
      return change(action.code, (row) => ({
        ...row,
        typed: typedOf(saidOf(row)),
        handing: "idle",
        errors: [],
      }));
  }
}

function answered(row: FigureRow, { measurement, userErrors }: FigureAnswer): FigureRow {
  if (measurement !== null) {
    const typed = typedOf(measurement);
    return { ...row, stored: measurement, stands: null, typed, handing: "idle", errors: [] };
  }
  const isConflict = userErrors.some((error) => error.code === "CONFLICT");
  if (isConflict) return { ...row, handing: "conflict", errors: [] };
  return { ...row, handing: "refused", errors: userErrors };
}

/** The units below a department that are asked for the metric. */
export function belowOf(metric: FigureMetricData) {
  const parts = metric.figures?.parts ?? [];
  return parts.map((part) => part.department);
}
