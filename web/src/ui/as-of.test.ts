import { expect, test } from "vitest";
import { dayOf, keepingDay } from "./as-of";

test("a day is read from the addresses of pages that can show one", () => {
  expect(dayOf("/tasks", "?asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/plans/2025", "?view=plain&asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/tasks/2025-09", "?asOf=today")).toBeNull();
  expect(dayOf("/notices/2025-3", "?asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/notices/new", "?asOf=2025-06-30")).toBeNull();
  expect(dayOf("/report", "?period=2025-05&asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/orgs", "?asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/orgs/410100", "?asOf=2025-06-30")).toBe("2025-06-30");
  expect(dayOf("/review", "?asOf=2025-06-30")).toBeNull();
  expect(dayOf("/plans/import", "?asOf=2025-06-30")).toBeNull();
  expect(dayOf("/plans/2025/draft", "?asOf=2025-06-30")).toBeNull();
});

test("links keep the day among those pages and drop it elsewhere", () => {
  const day = "2025-06-30";
  expect(keepingDay("/tasks/2025-09", day)).toBe("/tasks/2025-09?asOf=2025-06-30");
  expect(keepingDay("/tasks?plan=2025", day)).toBe("/tasks?plan=2025&asOf=2025-06-30");
  expect(keepingDay("/plans/2025#c-1", day)).toBe("/plans/2025?asOf=2025-06-30#c-1");
  expect(keepingDay("/orgs/XXB?q=学会", day)).toMatch(/^\/orgs\/XXB\?q=.+&asOf=2025-06-30$/);
  expect(keepingDay("/review", day)).toBe("/review");
  expect(keepingDay("/items?asOf=2025-01-01", day)).toBe("/items?asOf=2025-01-01");
  expect(keepingDay("/tasks", null)).toBe("/tasks");
});
