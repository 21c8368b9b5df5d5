import { expect, test } from "vitest";
import { byDay } from "./days";

test("what was told on one day stands together, in its order", () => {
  const at = (createdAt: string) => ({ createdAt });
  const found = byDay([
    at("2025-03-18T12:00:00"),
    at("2025-03-18T08:00:00"),
    at("2025-03-17T23:00:00"),
  ]);
  expect(found.map(({ day, items }) => [day, items.length])).toEqual([
    ["2025-03-18", 2],
    ["2025-03-17", 1],
  ]);
  expect(byDay([])).toEqual([]);
});
