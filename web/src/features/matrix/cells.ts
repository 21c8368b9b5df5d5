/** What a cell of the matrix stands on, as the API gives it. */
export interface CellFigures {
  readonly expected: number;
  readonly missing: number;
  readonly notApplicable: number;
  readonly waiting: number;
  readonly verified: string | null;
  readonly provisional: string | null;
}

/** What a cell says: these are different things, and none of them is another. */
export type CellKind = "notAsked" | "notApplicable" | "missing" | "waiting" | "zero" | "value";

/** Tells what a cell says; a figure that is partly missing is still a figure. */
export function kindOf(cell: CellFigures | undefined): CellKind {
  if (cell === undefined || cell.expected === 0) return "notAsked";
  if (cell.verified !== null) return Number(cell.verified) === 0 ? "zero" : "value";
  if (cell.notApplicable === cell.expected) return "notApplicable";
  return cell.waiting > 0 ? "waiting" : "missing";
}

/** Metrics of one request: with at most 200 units it stays within the 2,400 cells of a grid. */
export const METRICS_AT_ONCE = 12;

export function chunksOf<Item>(items: readonly Item[], size: number): readonly Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}

/** A place in the grid, from 0; row 0 and column 0 are the first of the body. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads to in a grid of so many rows and columns; null for keys that lead nowhere. */
export function placeAfter(
  { row, column }: Place,
  { key, isFar }: { readonly key: string; readonly isFar: boolean },
  {
    rows,
    columns,
    page,
  }: { readonly rows: number; readonly columns: number; readonly page: number },
): Place | null {
  const within = (value: number, count: number): number =>
    Math.min(Math.max(value, 0), Math.max(count - 1, 0));
  switch (key) {
    case "ArrowUp":
      return { row: isFar ? 0 : within(row - 1, rows), column };
    case "ArrowDown":
      return { row: isFar ? rows - 1 : within(row + 1, rows), column };
    case "ArrowLeft":
      return { row, column: isFar ? 0 : within(column - 1, columns) };
    case "ArrowRight":
      return { row, column: isFar ? columns - 1 : within(column + 1, columns) };
    case "Home":
      return { row: isFar ? 0 : row, column: 0 };
    case "End":
      return { row: isFar ? rows - 1 : row, column: columns - 1 };
    case "PageUp":
      return { row: within(row - page, rows), column };
    case "PageDown":
      return { row: within(row + page, rows), column };
    default:
      return null;
  }
}
