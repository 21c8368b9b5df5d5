import { type FigureRow, shapeOf, type Typed } from "./figure-state";

/** The cells of a figure. */
export type Column = "month" | "total" | "base" | "names" | "reason";

/** What a pasted cell writes. */
export interface PastedFigure {
  readonly code: string;
  readonly typed: Partial<Typed>;
}

/**
 * Lays a block from a spreadsheet over the figures from a cell on, a line for each; what does not fit
 * is left out, and an empty cell writes nothing. Null for what is no block.
 */
export function pastedFigures(
  text: string,
  from: { readonly index: number; readonly column: Column },
  rows: readonly FigureRow[],
): readonly PastedFigure[] | null {
  const lines = text.replace(/\r?\n$/u, "").split(/\r?\n/u);
  const isBlock = lines.length > 1 || text.includes("\t");
  if (!isBlock || from.column === "reason") return null;
  // Names one under another are the names of one figure.
  if (from.column === "names" && !text.includes("\t")) return null;
  return lines.flatMap((line, down) => {
    const row = rows[from.index + down];
    if (row === undefined) return [];
    const columns = columnsOf(row);
    const start = Math.max(columns.indexOf(from.column), 0);
    const cells = line.split("\t").map((cell) => cell.trim());
    let typed: Partial<Typed> = {};
    cells.forEach((cell, right) => {
      const column = columns[start + right];
      if (column !== undefined && cell !== "")
        typed = { ...typed, ...written(column, cell, typed) };
    });
    return Object.keys(typed).length === 0 ? [] : [{ code: row.metric.code, typed }];
  });
}

function columnsOf(row: FigureRow): readonly Column[] {
  const shape = shapeOf(row.metric);
  if (shape.hasNames) return ["names"];
  if (shape.hasBase) return ["month", "base"];
  return shape.hasTotal ? ["month", "total"] : ["month"];
}

function written(column: Column, cell: string, before: Partial<Typed>): Partial<Typed> {
  const said = { isNotApplicable: false };
  switch (column) {
    case "names":
      return { ...said, names: cell, month: "" };
    case "base":
      return { ...said, base: cell };
    case "total":
      // The figure of the month beside it is what counts; the total follows from it.
      return before.by === "month" ? {} : { ...said, total: cell, by: "total" };
    default:
      return { ...said, month: cell, by: "month" };
  }
}
