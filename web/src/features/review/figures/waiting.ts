import type { WaitingFigureData } from "./queries";

/** The figures of one metric and month. */
export interface FigureGroup {
  readonly key: string;
  readonly metric: WaitingFigureData["metric"];
  readonly period: string;
  readonly rows: readonly WaitingFigureData[];
}

/** What waits: of each place the newest word; what a correction replaced is not decided on. */
export function waitingOf(all: readonly WaitingFigureData[]): WaitingFigureData[] {
  return all.filter((one) => {
    const said = one.revisions.filter((other) => other.state !== "DRAFT");
    return said.every((other) => other.revision <= one.revision);
  });
}

/** By metric in the order of their codes, the oldest month and the first word of it first. */
export function groupFigures(rows: readonly WaitingFigureData[]): FigureGroup[] {
  const groups = new Map<string, WaitingFigureData[]>();
  for (const row of rows.toReversed()) {
    const key = `${row.metric.code} ${row.period}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [row]);
    else known.push(row);
  }
  return [...groups]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([key, held]) => {
      const [first] = held;
      if (first === undefined) return [];
      return [{ key, metric: first.metric, period: first.period, rows: held }];
    });
}

/** What was said before and still stands: the newest verified or submitted revision before it. */
export function replacedBy(one: WaitingFigureData): WaitingFigureData["revisions"][number] | null {
  const before = one.revisions.filter(
    (other) =>
      other.revision < one.revision && (other.state === "VERIFIED" || other.state === "SUBMITTED"),
  );
  return before.at(-1) ?? null;
}
