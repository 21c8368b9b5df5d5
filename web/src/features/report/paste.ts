import { CELLS, type Assessment, type Cell } from "./cells";

/**
 * Reads a block as spreadsheets put it on the clipboard: cells between tabs, rows between line
 * breaks; a cell with quotation marks around it may hold both, and doubled marks inside.
 */
export function readBlock(text: string): string[][] {
  const rows: string[][] = [[]];
  let at = 0;
  while (at < text.length) {
    const [cell, end] = readCell(text, at);
    rows.at(-1)?.push(cell);
    const next = text[end];
    at = end + (text.startsWith("\r\n", end) ? 2 : 1);
    if (next === "\n" || next === "\r") {
      if (at < text.length) rows.push([]);
    } else if (next === "\t" && at >= text.length) {
      rows.at(-1)?.push("");
    }
  }
  return rows.filter((row) => row.length > 0);
}

function readCell(text: string, start: number): readonly [string, number] {
  if (text[start] === '"') {
    let end = text.indexOf('"', start + 1);
    while (end !== -1 && text[end + 1] === '"') end = text.indexOf('"', end + 2);
    const after = text[end + 1];
    const isWhole = end !== -1 && (after === undefined || "\t\r\n".includes(after));
    if (isWhole) {
      const cell = text.slice(start + 1, end).replaceAll('""', '"');
      return [cell.replaceAll("\r\n", "\n"), end + 1];
    }
  }
  const rest = /[\t\r\n]/g;
  rest.lastIndex = start;
  const end = rest.exec(text)?.index ?? text.length;
  return [text.slice(start, end), end];
}

/** What is written into one cell of the grid. */
export interface Placed {
  readonly row: number;
  readonly cell: Cell;
  readonly value: string | Assessment;
}

/**
 * Lays a block over the grid from a cell on; what does not fit is left out. A word that is no
 * self-assessment is left out too.
 */
export function placeBlock(
  block: readonly (readonly string[])[],
  from: { readonly row: number; readonly cell: Cell },
  rows: number,
  assessments: ReadonlyMap<string, Assessment>,
): Placed[] {
  const start = CELLS.indexOf(from.cell);
  const placed: Placed[] = [];
  block.forEach((line, down) => {
    line.forEach((words, right) => {
      const cell = CELLS[start + right];
      const row = from.row + down;
      if (cell === undefined || row >= rows) return;
      const value = cell === "selfAssessment" ? assessments.get(words.trim()) : words.trim();
      if (value !== undefined) placed.push({ row, cell, value });
    });
  });
  return placed;
}

/** Whether a text from the clipboard is more than one cell. */
export function isBlock(text: string): boolean {
  return text.includes("\t") || readBlock(text).length > 1;
}
