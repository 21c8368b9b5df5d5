import { expect, test } from "vitest";
import { filledDown, missingIn, nextPart, type PartEntry } from "./parts";

const row = (key: number, more: Partial<PartEntry> = {}): PartEntry => ({
  key,
  title: "",
  lead: null,
  deadline: "",
  ...more,
});

test("a new row repeats title and day of the one above, not its unit", () => {
  const above = row(3, { title: "对接活动", lead: "a", deadline: "2025-06-30" });
  expect(nextPart([above])).toEqual(row(4, { title: "对接活动", deadline: "2025-06-30" }));
  expect(nextPart([])).toEqual(row(1));
});

test("a value is filled down to the rows below and no other", () => {
  const rows = [row(1, { deadline: "a" }), row(2, { deadline: "b" }), row(3, { deadline: "c" })];
  expect(filledDown(rows, 2, "deadline").map((one) => one.deadline)).toEqual(["a", "b", "b"]);
  expect(filledDown(rows, 9, "deadline")).toBe(rows);
});

test("a row says what it misses first", () => {
  expect(missingIn(row(1))).toBe("title");
  expect(missingIn(row(1, { title: "活动" }))).toBe("lead");
  expect(missingIn(row(1, { title: "活动", lead: "a" }))).toBe("deadline");
  expect(missingIn(row(1, { title: "活动", lead: "a", deadline: "2025-06-30" }))).toBeNull();
});
