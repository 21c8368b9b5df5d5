// Tables as text, the way that our forms have them: commas, quotes, a mark of order in front.

/** The rows of a CSV file, each a list of cells. */
export function rowsOf(text) {
  const rows = [[""]];
  let isQuoted = false;
  for (const piece of text.replace(/^\uFEFF/u, "").match(/""|"|,|\r?\n|[^",\r\n]+/gu) ?? []) {
    const row = rows.at(-1);
    if (piece === '"') isQuoted = !isQuoted;
    else if (piece === '""') row[row.length - 1] += isQuoted ? '"' : "";
    else if (isQuoted) row[row.length - 1] += piece;
    else if (piece === ",") row.push("");
    else if (/\n$/u.test(piece)) rows.push([""]);
    else row[row.length - 1] += piece;
  }
  return rows.filter((row) => row.some((cell) => cell !== ""));
}

/** Rows as a CSV file. */
export function textOf(rows) {
  const cell = (text) => (/[",\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return `\uFEFF${rows.map((row) => row.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** The name of a cell, `G12`; rows of the file count from 1. */
export function cellName(column, row) {
  return `${String.fromCharCode(65 + column)}${row}`;
}
