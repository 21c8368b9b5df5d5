const DAY = 86_400_000;

/** A month on the axis, its edges as shares of the whole (0 to 1). */
export interface Month {
  /** `2025-03`. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
  /** Whether there is room for its name. */
  readonly isNamed: boolean;
}

/** A stretch of whole months, and where a day stands in it. */
export interface Scale {
  readonly months: readonly Month[];
  /** Share from the left edge, 0 to 1; days outside are cut to the edges. */
  readonly at: (day: string) => number;
  readonly has: (day: string) => boolean;
}

/** A scale of whole months that holds all of the days; a year at least. */
export function scaleOf(days: readonly string[], year: number): Scale {
  const all = [...days, `${String(year)}-01-01`, `${String(year)}-12-31`].sort();
  const first = monthOf(all[0] ?? "");
  const last = monthOf(all.at(-1) ?? "");
  const start = Date.UTC(first.year, first.month, 1);
  const end = Date.UTC(last.year, last.month + 1, 1);
  const share = (moment: number): number =>
    Math.min(1, Math.max(0, (moment - start) / (end - start)));
  const count = (last.year - first.year) * 12 + last.month - first.month + 1;
  const step = Math.ceil(count / 14);
  const months = Array.from({ length: count }, (_, index): Month => {
    const from = Date.UTC(first.year, first.month + index, 1);
    const to = Date.UTC(first.year, first.month + index + 1, 1);
    return {
      key: new Date(from).toISOString().slice(0, 7),
      from: share(from),
      to: share(to),
      isNamed: index % step === 0,
    };
  });
  return {
    months,
    at: (day) => share(Date.parse(day)),
    has: (day) => Date.parse(day) >= start && Date.parse(day) < end,
  };
}

function monthOf(day: string): { readonly year: number; readonly month: number } {
  const [year = 1970, month = 1] = day.split("-").map(Number);
  return { year, month: month - 1 };
}

/** The calendar day of an instant where the reader is. */
export function dayOf(instant: string): string {
  const moment = new Date(instant);
  const local = Date.UTC(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return new Date(local).toISOString().slice(0, 10);
}

/** A day as a length from its beginning to its end: a bar ends with its last day. */
export function endOf(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
