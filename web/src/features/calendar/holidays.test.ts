import { expect, test } from "vitest";
import { holidaysOf, runsOf, tableOf } from "./holidays";

const DAYS = [
  { day: "2027-01-01", kind: "OFF", name: "元旦" },
  { day: "2027-02-05", kind: "OFF", name: "春节" },
  { day: "2027-02-14", kind: "WORK", name: "春节" },
] as const;

test("days stand with their holiday", () => {
  expect(holidaysOf(DAYS)).toEqual([
    { name: "元旦", off: ["2027-01-01"], work: [] },
    { name: "春节", off: ["2027-02-05"], work: ["2027-02-14"] },
  ]);
});

test("a year is a table that can be loaded again", () => {
  expect(tableOf(DAYS)).toBe(
    "date,kind,name\n2027-01-01,OFF,元旦\n2027-02-05,OFF,春节\n2027-02-14,WORK,春节",
  );
});

test("days one after the other are a run, over the end of a month too", () => {
  const days = ["2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31", "2025-02-01"];
  expect(runsOf([...days, "2025-10-07", "2025-12-31", "2026-01-01"])).toEqual([
    { first: "2025-01-28", last: "2025-02-01" },
    { first: "2025-10-07", last: "2025-10-07" },
    { first: "2025-12-31", last: "2026-01-01" },
  ]);
  expect(runsOf([])).toEqual([]);
});
