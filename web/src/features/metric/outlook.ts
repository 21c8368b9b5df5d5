import type { MonthFigures } from "./months";

/** What a forecast says, as far as a drawing needs it. */
export interface ForecastFigures {
  readonly expected: string | null;
  readonly low: string | null;
  readonly high: string | null;
  readonly course: readonly { readonly period: string; readonly expected: string }[];
}

/** A month of a drawn forecast: the expected running total, and the band around it. */
export interface OutlookPoint {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

/**
 * The forecast by month of the year, from the last verified month on; null for months before. The 80%
 * interval is that of the end of the year: up to there the band opens as the expected course grows.
 */
export function outlookOf(
  forecast: ForecastFigures,
  trend: readonly MonthFigures[],
): readonly (OutlookPoint | null)[] | null {
  if (forecast.expected === null || forecast.low === null || forecast.high === null) return null;
  const [low, high] = [Number(forecast.low), Number(forecast.high)];
  const course = new Map(forecast.course.map((one) => [one.period, Number(one.expected)]));
  const first = forecast.course[0]?.period;
  const before = trend.findLast(
    (month) => month.verified !== null && (first === undefined || month.period < first),
  );
  const begin = Number(before?.verified ?? 0);
  const end = Number(forecast.course.at(-1)?.expected ?? forecast.expected);
  return trend.map((month) => {
    if (month.period === before?.period) return { expected: begin, low: begin, high: begin };
    const expected = course.get(month.period);
    if (expected === undefined) return null;
    const share = end > begin ? (expected - begin) / (end - begin) : 1;
    return {
      expected,
      low: begin + (low - begin) * share,
      high: begin + (high - begin) * share,
    };
  });
}
