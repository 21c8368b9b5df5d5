import { preferences } from "./preferences";

/** A month by its code in words: `2025-03` → 2025年3月. */
export function formatPeriod(code: string): string {
  const [year, month] = code.split("-").map(Number);
  if (year === undefined || month === undefined || Number.isNaN(month)) return code;
  return new Intl.DateTimeFormat(preferences().locale, {
    year: "numeric",
    month: "long",
    timeZone: "UTC",
  }).format(new Date(Date.UTC(year, month - 1, 1)));
}

/** The month some steps before (or, negative, after) one. */
export function periodBefore(code: string, steps: number): string {
  const [year = 0, month = 1] = code.split("-").map(Number);
  const date = new Date(Date.UTC(year, month - 1 - steps, 1));
  return date.toISOString().slice(0, 7);
}
