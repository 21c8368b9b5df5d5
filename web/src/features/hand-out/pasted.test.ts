import { describe, expect, it } from "vitest";
import { readDay, readPasted } from "./pasted";

describe("readDay", () => {
  it.each([
    ["2025-06-30", "2025-06-30"],
    ["2025/6/30", "2025-06-30"],
    ["2025.6.3", "2025-06-03"],
    ["2025年6月30日", "2025-06-30"],
    ["２０２５年６月３０日", "2025-06-30"],
    ["6月30日", "2025-06-30"],
    ["6/30", "2025-06-30"],
    ["6月底", "2025-06-30"],
    ["2月底", "2025-02-28"],
    ["2026年3月", "2026-03-31"],
    ["年底前", "2025-12-31"],
  ])("reads %s", (text, day) => {
    expect(readDay(text, 2025)).toBe(day);
  });

  it.each(["", "尽快", "2025-02-30", "13月底", "2025-6"])("does not guess at “%s”", (text) => {
    expect(readDay(text, 2025)).toBeNull();
  });
});

describe("readPasted", () => {
  it("takes a column line by line, and drops the break that a spreadsheet adds", () => {
    expect(readPasted("2025-06-30\r\n\r\n9月底\r\n", 2025)).toEqual({
      lines: [{ deadline: "2025-06-30" }, { deadline: null }, { deadline: "2025-09-30" }],
      unread: [],
    });
  });

  it("takes a second column as stage by stage, and tells which line it could not read", () => {
    expect(readPasted("6月30日\t是\n尽快\t否", 2025)).toEqual({
      lines: [
        { deadline: "2025-06-30", isStanding: true },
        { deadline: null, isStanding: false },
      ],
      unread: [{ line: 2, text: "尽快" }],
    });
  });
});
