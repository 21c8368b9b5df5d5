import type { MeasurementData } from "./queries";

/** What a department said for a month: the newest revision, and those before it, the newest first. */
export interface Entry {
  readonly key: string;
  readonly newest: MeasurementData;
  readonly earlier: readonly MeasurementData[];
}

/** Revisions by place, in the order in which the places come. */
export function entriesOf(all: readonly MeasurementData[]): Entry[] {
  const places = new Map<string, MeasurementData[]>();
  for (const one of all) {
    const key = `${one.period} ${one.department.code}`;
    const known = places.get(key);
    if (known === undefined) places.set(key, [one]);
    else known.push(one);
  }
  return [...places].flatMap(([key, held]) => {
    const [newest, ...earlier] = held.toSorted((one, other) => other.revision - one.revision);
    return newest === undefined ? [] : [{ key, newest, earlier }];
  });
}
