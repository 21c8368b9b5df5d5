/** How long the periods are that a matrix looks at. */
export const GRAINS = ["month", "quarter", "year"] as const;
export type Grain = (typeof GRAINS)[number];

/** The grain of a period as the server writes it: `2025-03`, `2025Q1`, `2025`. */
export function grainOf(period: string): Grain {
  if (period.includes("Q")) return "quarter";
  return period.length === 4 ? "year" : "month";
}

/** The quarter of a quarter's code, from 1. */
export const quarterOf = (period: string): number => Number(period.slice(-1));

const monthOf = (period: string): number => Number(period.slice(5, 7));

/** The periods of a year, in order. */
export function periodsOf(year: number, grain: Grain): readonly string[] {
  switch (grain) {
    case "month":
      return Array.from(
        { length: 12 },
        (_, index) => `${String(year)}-${String(index + 1).padStart(2, "0")}`,
      );
    case "quarter":
      return [1, 2, 3, 4].map((quarter) => `${String(year)}Q${String(quarter)}`);
    case "year":
      return [String(year)];
  }
}

/**
 * The period of another grain for what is looked at: the one that holds it, the last month of a
 * quarter; out of a year what has begun by the day.
 */
export function periodAt(grain: Grain, period: string, today: string): string {
  const year = Number(period.slice(0, 4));
  const month = lastMonthOf(period, today);
  switch (grain) {
    case "month":
      return `${String(year)}-${String(month).padStart(2, "0")}`;
    case "quarter":
      return `${String(year)}Q${String(Math.ceil(month / 3))}`;
    case "year":
      return String(year);
  }
}

function lastMonthOf(period: string, today: string): number {
  switch (grainOf(period)) {
    case "month":
      return monthOf(period);
    case "quarter":
      return quarterOf(period) * 3;
    case "year":
      if (period === today.slice(0, 4)) return monthOf(today);
      return period < today ? 12 : 1;
  }
}
