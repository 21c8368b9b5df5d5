const MONTHS = 12;

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
  const last = isThisYear ? Number(metric.by?.slice(5, 7)) : MONTHS;
  const target = Number(metric.value);
  return Array.from({ length: MONTHS }, (_, index) => (target * Math.min(index + 1, last)) / last);
}
