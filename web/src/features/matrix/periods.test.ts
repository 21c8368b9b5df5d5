import { expect, test } from "vitest";
import { grainOf, periodAt, periodsOf } from "./periods";

test("periods are told apart and listed", () => {
  expect(["2025-03", "2025Q1", "2025"].map(grainOf)).toEqual(["month", "quarter", "year"]);
  expect(periodsOf(2025, "month").at(-1)).toBe("2025-12");
  expect(periodsOf(2025, "quarter")).toEqual(["2025Q1", "2025Q2", "2025Q3", "2025Q4"]);
  expect(periodsOf(2025, "year")).toEqual(["2025"]);
});

test.each([
  ["quarter", "2025-05", "2025Q2"],
  ["year", "2025-05", "2025"],
  ["month", "2025Q2", "2025-06"],
  ["year", "2025Q2", "2025"],
  ["month", "2025", "2025-09"],
  ["quarter", "2025", "2025Q3"],
  ["quarter", "2024", "2024Q4"],
  ["month", "2026", "2026-01"],
] as const)("as a %s %s is %s", (grain, period, other) => {
  expect(periodAt(grain, period, "2025-09-03")).toBe(other);
});
