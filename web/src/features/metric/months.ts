import type { MetricMonthsData } from "./queries";

const KEYS = [
  "m01",
  "m02",
  "m03",
  "m04",
  "m05",
  "m06",
  "m07",
  "m08",
  "m09",
  "m10",
  "m11",
  "m12",
] as const;
export type MonthKey = (typeof KEYS)[number];

/** The months of a year, as the query names them. */
export function monthsOf(year: number): Readonly<Record<MonthKey, string>> {
  const months = KEYS.map((key) => [key, `${String(year)}-${key.slice(1)}`]);
  return Object.fromEntries(months) as Record<MonthKey, string>;
}

/** What stands at the end of a month. */
export interface MonthFigures {
  readonly period: string;
  readonly verified: string | null;
  readonly provisional: string | null;
}

/** All months of the year; those after the last one that is reported have no figures. */
export function trendOf(data: MetricMonthsData, year: number, until: string): MonthFigures[] {
  const months = monthsOf(year);
  return KEYS.map((key) => {
    const period = months[key];
    const figures = period <= until ? data[key] : null;
    return {
      period,
      verified: figures?.verified ?? null,
      provisional: figures?.provisional ?? null,
    };
  });
}
