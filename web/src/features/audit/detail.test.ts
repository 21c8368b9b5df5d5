import { expect, test } from "vitest";
import { linesOf } from "./detail";

test("only what differs between before and after is told", () => {
  const detail = { before: { title: "甲", year: 2025 }, after: { title: "乙", year: 2025 } };
  expect(linesOf(JSON.stringify(detail))).toEqual([{ name: "title", before: "甲", after: "乙" }]);
});

test("a step tells from where to where, and what else is known", () => {
  const detail = { code: "2025-14", from: "ASSIGNED", to: "IN_PROGRESS", reason: null };
  expect(linesOf(JSON.stringify(detail))).toEqual([
    { name: "state", before: "ASSIGNED", after: "IN_PROGRESS" },
    { name: "code", before: null, after: "2025-14" },
  ]);
});

test("a refusal tells its codes and what was named", () => {
  const detail = { errors: [{ path: "", code: "FORBIDDEN" }], given: { planId: "2025" } };
  expect(linesOf(JSON.stringify(detail))).toEqual([
    { name: "", before: null, after: "FORBIDDEN" },
    { name: "given.planId", before: null, after: "2025" },
  ]);
});

test("what is no object is one line, and nothing is none", () => {
  expect(linesOf("null")).toEqual([]);
  expect(linesOf("{")).toEqual([{ name: "", before: null, after: "{" }]);
});
