import type { Column } from "./paste-figures";

/** Columns that stand where another one does in the next figure. */
const LIKE: Readonly<Record<Column, readonly Column[]>> = {
  month: ["month", "names"],
  names: ["names", "month"],
  total: ["total", "month", "names"],
  base: ["base", "month", "names"],
  reason: ["reason", "month", "names"],
};

/** Puts the focus into the same column of the next figure, or of the one before. */
export function goTo(index: number, column: Column, step: number): boolean {
  for (const like of LIKE[column]) {
    const cell = document.querySelector<HTMLElement>(`[data-figure="${index + step}.${like}"]`);
    if (cell === null) continue;
    cell.focus();
    cell.scrollIntoView({ block: "nearest" });
    return true;
  }
  return false;
}
