/** A piece of a text, and whether it stands in the other one too. */
export interface Piece {
  readonly text: string;
  readonly isNew: boolean;
}

/** Most pieces compared; beyond that the whole text counts as new, so that no page hangs. */
const MOST = 400;

/** Cuts a text after each sign that ends a clause, so that what stayed is found clause by clause. */
function clausesOf(text: string): string[] {
  return text.match(/[^，。；、：！？,.;:!?\n]*[，。；、：！？,.;:!?\n]?/g)?.filter(Boolean) ?? [];
}

/**
 * Marks what a text says that the one before did not. Clauses that stand in both in the same order
 * are kept (longest common subsequence); everything else is new.
 */
export function newIn(text: string, before: string): Piece[] {
  const [now, then] = [clausesOf(text), clausesOf(before)];
  if (then.length === 0 || now.length > MOST || then.length > MOST) {
    return text === "" ? [] : [{ text, isNew: before !== "" && before !== text }];
  }
  const kept = commonOf(now, then);
  const pieces: Piece[] = [];
  now.forEach((clause, index) => {
    const isNew = !kept.has(index);
    const last = pieces.at(-1);
    if (last?.isNew === isNew) pieces[pieces.length - 1] = { text: last.text + clause, isNew };
    else pieces.push({ text: clause, isNew });
  });
  return pieces;
}

/** Places in `now` that belong to the longest common subsequence. */
function commonOf(now: readonly string[], then: readonly string[]): Set<number> {
  const width = then.length + 1;
  const table = new Uint16Array((now.length + 1) * width);
  const at = (row: number, column: number): number => table[row * width + column] ?? 0;
  for (let row = now.length - 1; row >= 0; row -= 1) {
    for (let column = then.length - 1; column >= 0; column -= 1) {
      table[row * width + column] =
        now[row] === then[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const kept = new Set<number>();
  let [row, column] = [0, 0];
  while (row < now.length && column < then.length) {
    if (now[row] === then[column]) {
      kept.add(row);
      row += 1;
      column += 1;
    } else if (at(row + 1, column) >= at(row, column + 1)) row += 1;
    else column += 1;
  }
  return kept;
}
