/** What one line of a pasted column says. */
export interface PastedLine {
  /** `2025-06-30`; null for an empty line. */
  readonly deadline: string | null;
  /** From a second column; undefined where there is none. */
  readonly isStanding?: boolean;
}

/** Lines as read, and those that are no date, with their number from 1. */
export interface Pasted {
  readonly lines: readonly PastedLine[];
  readonly unread: readonly { readonly line: number; readonly text: string }[];
}

const YES = /^(是|√|✓|y|yes|true|1|逐月|常态化|逐月\/常态化)$/iu;
const FULL = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u;
const IN_YEAR = /^(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/u;
const MONTH_END = /^(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月(?:底|末|底前|末前|份)?$/u;
const YEAR_END = /^(?:(\d{4})\s*)?年(?:底|末|底前|末前)$/u;

/** Reads a column copied from a spreadsheet; days without a year are of the plan's. */
export function readPasted(text: string, year: number): Pasted {
  const rows = text.replace(/\r\n?/gu, "\n").replace(/\n$/u, "").split("\n");
  const unread: { line: number; text: string }[] = [];
  const lines = rows.map((row, index): PastedLine => {
    const [first = "", second] = row.split("\t").map((cell) => cell.trim());
    const deadline = readDay(first, year);
    if (deadline === null && first !== "") unread.push({ line: index + 1, text: first });
    return second === undefined || second === ""
      ? { deadline }
      : { deadline, isStanding: YES.test(second) };
  });
  return { lines, unread };
}

/** A day as people and spreadsheets write it, or null. */
export function readDay(text: string, year: number): string | null {
  const plain = text.normalize("NFKC").trim();
  const full = FULL.exec(plain);
  if (full !== null) return day(Number(full[1]), Number(full[2]), Number(full[3]));
  const inYear = IN_YEAR.exec(plain);
  if (inYear !== null) return day(year, Number(inYear[1]), Number(inYear[2]));
  const month = MONTH_END.exec(plain);
  if (month !== null) return lastOf(Number(month[1] ?? year), Number(month[2]));
  const end = YEAR_END.exec(plain);
  return end === null ? null : day(Number(end[1] ?? year), 12, 31);
}

/** The day, if the calendar has it. */
function day(year: number, month: number, date: number): string | null {
  const found = new Date(Date.UTC(year, month - 1, date));
  const isReal = found.getUTCMonth() === month - 1 && found.getUTCDate() === date;
  return isReal ? found.toISOString().slice(0, 10) : null;
}

function lastOf(year: number, month: number): string | null {
  if (month < 1 || month > 12) return null;
  return new Date(Date.UTC(year, month, 0)).toISOString().slice(0, 10);
}
