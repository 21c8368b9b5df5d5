import { expect, test } from "vitest";
import { busiest, daysUntil, filled } from "./days";

test("days go back from the last one, over the ends of months", () => {
  expect(daysUntil("2025-03-02", 4)).toEqual([
    "2025-02-27",
    "2025-02-28",
    "2025-03-01",
    "2025-03-02",
  ]);
  expect(daysUntil("2025-03-02", 1)).toEqual(["2025-03-02"]);
});

test("days without requests stand between those with some", () => {
  const days = daysUntil("2025-04-03", 3);
  expect(filled(days, [{ day: "2025-04-02", requests: 7 }])).toEqual([
    { day: "2025-04-01", requests: 0 },
    { day: "2025-04-02", requests: 7 },
    { day: "2025-04-03", requests: 0 },
  ]);
});

test("of equal days the latest is the busiest", () => {
  expect(busiest([])).toBeNull();
  expect(
    busiest([
      { day: "2025-04-01", requests: 3 },
      { day: "2025-04-02", requests: 3 },
      { day: "2025-04-03", requests: 1 },
    ]),
  ).toEqual({ day: "2025-04-02", requests: 3 });
});
