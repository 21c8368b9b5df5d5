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

/**
 * Where an even pace from the start of the year to the target on its day would be at the end of each
 * month: a line to look along. None for figures that do not add up over the year.
 */
export function paceOf(
  metric: { readonly timeAggregation: string; readonly value: string; readonly by: string | null },
  year: number,
): number[] | null {
  if (metric.timeAggregation !== "SUM") return null;
  const isThisYear = metric.by?.startsWith(`${String(year)}-`) === true;
  const last = isThisYear ? Number(metric.by?.slice(5, 7)) : KEYS.length;
  const target = Number(metric.value);
  return KEYS.map((_, index) => (target * Math.min(index + 1, last)) / last);
}
