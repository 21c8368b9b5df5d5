const DAY = 24 * 60 * 60 * 1000;

/** Requests of a day. */
export interface DayCount {
  readonly day: string;
  readonly requests: number;
}

/** The days up to the last (`2025-07-04`), so many, the earliest first. */
export function daysUntil(last: string, count: number): readonly string[] {
  const end = Date.parse(`${last}T00:00:00Z`);
  return Array.from({ length: count }, (_, index) =>
    new Date(end - (count - 1 - index) * DAY).toISOString().slice(0, 10),
  );
}

/** Every day with its requests, those without any too. */
export function filled(days: readonly string[], known: readonly DayCount[]): readonly DayCount[] {
  const counts = new Map(known.map((one) => [one.day, one.requests]));
  return days.map((day) => ({ day, requests: counts.get(day) ?? 0 }));
}

/** The day with the most requests, the latest of them; null without any day. */
export function busiest(days: readonly DayCount[]): DayCount | null {
  return days.reduce<DayCount | null>(
    (best, one) => (best === null || one.requests >= best.requests ? one : best),
    null,
  );
}
