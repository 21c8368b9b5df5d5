import type { Entry } from "./entries";

/** A month and what counts of it. */
export interface CountedMonth {
  readonly period: string;
  readonly value: string;
}

/** Of what a unit said, the newest verified figure of each month, the first month first. */
export function countedMonths(entries: readonly Entry[]): CountedMonth[] {
  return entries
    .flatMap(({ newest, earlier }) => {
      const counted = [newest, ...earlier].find((one) => one.state === "VERIFIED");
      return counted?.value == null ? [] : [{ period: counted.period, value: counted.value }];
    })
    .toSorted((one, other) => one.period.localeCompare(other.period));
}
