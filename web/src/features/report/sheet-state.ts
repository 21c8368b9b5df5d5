import type { RefusedFieldData } from "../../graphql/refused-field";
import { type Cell, type Cells, EMPTY_CELLS, isComplete, isSame, TEXT_CELLS } from "./cells";
import type { LocalDrafts } from "./local-drafts";
import type { SheetReportData, SheetRowData } from "./queries";

/** How the storing of a row stands. */
export type Saving = "idle" | "saving" | "saved" | "failed" | "conflict" | "refused";

/** One task of the sheet, as shown and as stored. */
export interface Row {
  readonly task: SheetRowData["task"];
  readonly role: SheetRowData["role"];
  readonly previous: SheetRowData["previous"];
  /** The stored report; null while nothing is stored. */
  readonly report: SheetReportData | null;
  /** What is shown. */
  readonly cells: Cells;
  /** Whether somebody wrote or confirmed what is shown; text of last month alone is no report. */
  readonly isTouched: boolean;
  /** Nobody may write it here: somebody else's sheet, or an earlier day. */
  readonly isReadOnly: boolean;
  readonly saving: Saving;
  readonly errors: readonly RefusedFieldData[];
}

/** What happens on the sheet. */
export type Action =
  | { readonly type: "write"; readonly code: string; readonly cells: Partial<Cells> }
  | { readonly type: "confirm"; readonly code: string }
  | { readonly type: "saving"; readonly codes: readonly string[] }
  | { readonly type: "failed"; readonly codes: readonly string[] }
  | { readonly type: "answered"; readonly code: string; readonly answer: RowAnswer }
  | { readonly type: "reloaded"; readonly rows: readonly SheetRowData[] }
  | { readonly type: "takeStored"; readonly code: string };

/** What the server says of one row. */
export interface RowAnswer {
  readonly report: SheetReportData | null;
  readonly userErrors: readonly RefusedFieldData[];
}

/** The cells of what is stored. */
export function cellsOf(stored: Omit<Cells, never> | null | undefined): Cells {
  if (stored == null) return EMPTY_CELLS;
  const { progress, problems, nextSteps, supportNeeded, selfAssessment } = stored;
  return { progress, problems, nextSteps, supportNeeded, selfAssessment };
}

/** Whether the row may be written: by the reader, and it waits for no review. */
export function isEditable(row: Row): boolean {
  if (row.isReadOnly) return false;
  const state = row.report?.state;
  return state === undefined || state === "DRAFT" || state === "RETURNED";
}

/** Whether something of the row is not on the server. */
export function isUnsaved(row: Row): boolean {
  if (!row.isTouched || !isEditable(row)) return false;
  return row.report === null || !isSame(row.cells, cellsOf(row.report));
}

/** Whether the row is filled in: written by somebody, with all that must be said. */
export function isFilled(row: Row): boolean {
  return row.isTouched && isComplete(row.cells);
}

/**
 * The rows as loaded, with what this browser kept laid over them. One that is only read shows what
 * is stored: the text of last month is offered to writers alone.
 */
export function rowsOf(
  loaded: readonly SheetRowData[],
  kept: LocalDrafts,
  isReadOnly = false,
): Row[] {
  return loaded.map((one) => {
    const report = one.report ?? null;
    const draft = kept[one.task.code];
    const base = {
      task: one.task,
      role: one.role,
      previous: one.previous,
      report,
      cells: cellsOf(report ?? (isReadOnly ? null : one.previous)),
      isTouched: report !== null,
      isReadOnly,
      saving: "idle",
      errors: [],
    } satisfies Row;
    if (draft === undefined || !isEditable(base)) return base;
    const isStale = draft.version !== (report?.version ?? null);
    return {
      ...base,
      cells: draft.cells,
      isTouched: true,
      saving: isStale && report !== null ? "conflict" : "idle",
    };
  });
}

/** What is to be kept in this browser. */
export function draftsOf(rows: readonly Row[]): LocalDrafts {
  const unsaved = rows.filter(isUnsaved);
  return Object.fromEntries(
    unsaved.map((row) => [
      row.task.code,
      { cells: row.cells, version: row.report?.version ?? null },
    ]),
  );
}

export function reduce(rows: readonly Row[], action: Action): readonly Row[] {
  switch (action.type) {
    case "write":
      return change(rows, action.code, (row) => written(row, action.cells));
    case "confirm":
      return change(rows, action.code, (row) => ({ ...row, isTouched: true }));
    case "saving":
      return mark(rows, action.codes, "saving");
    case "failed":
      return mark(rows, action.codes, "failed");
    case "answered":
      return change(rows, action.code, (row) => answered(row, action.answer));
    case "reloaded":
      return rows.map((row) => {
        const fresh = action.rows.find((one) => one.task.code === row.task.code);
        return fresh === undefined ? row : { ...row, report: fresh.report ?? null };
      });
    case "takeStored":
      return change(rows, action.code, (row) => ({
        ...row,
        cells: cellsOf(row.report ?? row.previous),
        isTouched: row.report !== null,
        saving: "idle",
        errors: [],
      }));
  }
}

function change(rows: readonly Row[], code: string, make: (row: Row) => Row): readonly Row[] {
  return rows.map((row) => (row.task.code === code ? make(row) : row));
}

function mark(rows: readonly Row[], codes: readonly string[], saving: Saving): readonly Row[] {
  return rows.map((row) => (codes.includes(row.task.code) ? { ...row, saving } : row));
}

function written(row: Row, cells: Partial<Cells>): Row {
  if (!isEditable(row)) return row;
  const changed = Object.keys(cells) as Cell[];
  return {
    ...row,
    cells: { ...row.cells, ...cells },
    isTouched: true,
    saving: row.saving === "conflict" ? "conflict" : "idle",
    errors: row.errors.filter((error) => !changed.includes(error.path.at(-1) as Cell)),
  };
}

function answered(row: Row, { report, userErrors }: RowAnswer): Row {
  if (report !== null) return { ...row, report, saving: "saved", errors: [] };
  const isConflict = userErrors.some((error) => error.code === "CONFLICT");
  return { ...row, saving: isConflict ? "conflict" : "refused", errors: userErrors };
}

/** The cells that stand for a whole row on the way to the server. */
export function rowInput(row: Row) {
  const texts = Object.fromEntries(TEXT_CELLS.map((cell) => [cell, row.cells[cell]]));
  return {
    taskId: row.task.id,
    expectedVersion: row.report?.version ?? null,
    selfAssessment: row.cells.selfAssessment,
    ...(texts as Record<(typeof TEXT_CELLS)[number], string>),
  };
}
