import type { PastedLine } from "./pasted";

/** What is to be said of a task when it is handed out. */
export interface Entry {
  /** `2025-06-30`, or empty. */
  readonly deadline: string;
  readonly isStanding: boolean;
}

/** What was typed, by the id of its task. */
export type Typed = Readonly<Record<string, Partial<Entry>>>;

/** A row, as far as entries need it. */
export interface StoredRow {
  readonly id: string;
  readonly deadline: string | null;
  readonly life: { readonly isStanding: boolean };
}

/** The stored values of a row with what was typed over them. */
export function entryOf(row: StoredRow, typed: Typed): Entry {
  const stored = { deadline: row.deadline ?? "", isStanding: row.life.isStanding };
  return { ...stored, ...typed[row.id] };
}

/** Types into one row. */
export function withEntry(typed: Typed, id: string, change: Partial<Entry>): Typed {
  return { ...typed, [id]: { ...typed[id], ...change } };
}

/** Gives rows the same deadline. */
export function withDeadline(typed: Typed, ids: readonly string[], deadline: string): Typed {
  return ids.reduce((known, id) => withEntry(known, id, { deadline }), typed);
}

/** The rows that a fill from `index` reaches: the selected ones below it, or all below it. */
export function filledFrom(
  ids: readonly string[],
  index: number,
  selected: ReadonlySet<string>,
): readonly string[] {
  const below = ids.slice(index + 1);
  const id = ids[index];
  // Where everything is selected, or the row itself is not, the selection means nothing here.
  const isChosen = id !== undefined && selected.has(id) && selected.size < ids.length;
  return isChosen ? below.filter((one) => selected.has(one)) : below;
}

/** Puts pasted lines into the rows from `index` on; an empty line leaves its row as it is. */
export function withPasted(
  typed: Typed,
  ids: readonly string[],
  index: number,
  lines: readonly PastedLine[],
): Typed {
  return lines.reduce((known, line, offset) => {
    const id = ids[index + offset];
    if (id === undefined) return known;
    const change: Partial<Entry> = {
      ...(line.deadline !== null && { deadline: line.deadline }),
      ...(line.isStanding !== undefined && { isStanding: line.isStanding }),
    };
    return Object.keys(change).length === 0 ? known : withEntry(known, id, change);
  }, typed);
}

/** Forgets rows, once they are handed out. */
export function without(typed: Typed, ids: readonly string[]): Typed {
  return Object.fromEntries(Object.entries(typed).filter(([id]) => !ids.includes(id)));
}
