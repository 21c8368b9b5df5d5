import { describe, expect, test } from "vitest";
import {
  daysLeft,
  daysOf,
  endsSoon,
  entriesOf,
  lastDayFrom,
  lastDayOf,
  latestOf,
  standingOf,
  toneOfEnd,
} from "./standing";

const token = (id: string, state: "ACTIVE" | "EXPIRED" | "REVOKED", successorOf?: string) => ({
  id,
  state,
  successorOf: successorOf ?? null,
});

describe("where a token stands", () => {
  const old = token("old", "ACTIVE");
  const all = [token("new", "ACTIVE", "old"), old, token("gone", "REVOKED"), token("o", "EXPIRED")];
  test("one with a successor is replaced while it is in force", () => {
    expect(all.map((one) => standingOf(one, all))).toEqual([
      "LIVE",
      "REPLACED",
      "REVOKED",
      "ENDED",
    ]);
    const over = token("old", "EXPIRED");
    expect(standingOf(over, [over, token("new", "ACTIVE", "old")])).toBe("ENDED");
  });
});

describe("when it ends", () => {
  test("the end of a day in Chinese time belongs to that day", () => {
    expect(lastDayOf("2025-06-30T16:00:00Z")).toBe("2025-06-30");
    expect(lastDayOf("2025-06-30T16:00:01Z")).toBe("2025-07-01");
    expect(lastDayOf("2025-06-30T01:30:00Z")).toBe("2025-06-30");
  });
  test("days are counted to the last day", () => {
    expect(daysLeft("2025-06-30T16:00:00Z", "2025-06-30")).toBe(0);
    expect(daysLeft("2025-06-30T16:00:00Z", "2025-06-16")).toBe(14);
    expect(daysLeft("2025-06-30T16:00:00Z", "2025-07-02")).toBe(-2);
  });
  test("a life of so many days has today as its first", () => {
    expect(lastDayFrom("2025-12-31", 1)).toBe("2025-12-31");
    expect(lastDayFrom("2025-01-01", 365)).toBe("2025-12-31");
    expect(lastDayFrom("2024-02-28", 2)).toBe("2024-02-29");
  });
  test("amber from 14 days on, red when it is over", () => {
    expect([15, 14, 0].map((days) => toneOfEnd(false, days))).toEqual([
      "neutral",
      "warning",
      "warning",
    ]);
    expect(toneOfEnd(true, -1)).toBe("danger");
    expect(toneOfEnd(false, null)).toBe("neutral");
    const end = { expiresAt: "2025-06-30T16:00:00Z", state: "ACTIVE" } as const;
    expect(endsSoon(end, "2025-06-16")).toBe(true);
    expect(endsSoon(end, "2025-06-15")).toBe(false);
    expect(endsSoon({ ...end, state: "REVOKED" }, "2025-06-16")).toBe(false);
  });
});

test("the latest of instants in any zone", () => {
  expect(latestOf(["2025-06-30T01:00:00+08:00", null, "2025-06-29T18:00:00Z"])).toBe(
    "2025-06-29T18:00:00Z",
  );
  expect(latestOf([null])).toBeNull();
});

test("what was typed is read as a list and as a number of days", () => {
  expect(entriesOf(" 10.0.0.0/8\n::1，192.168.1.1、 \n")).toEqual([
    "10.0.0.0/8",
    "::1",
    "192.168.1.1",
  ]);
  expect(["90", " 366 ", "0", "1.5", "-3", "", "九十"].map(daysOf)).toEqual([
    90,
    366,
    null,
    null,
    null,
    null,
    null,
  ]);
});
