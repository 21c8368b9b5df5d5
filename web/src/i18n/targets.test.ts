import { describe, expect, it } from "vitest";
import { quantityWords, targetWords, type Target } from "./targets";

const forty: Target = {
  value: "40",
  unit: "场",
  comparator: "AT_LEAST",
  isPerYear: false,
  isTentative: false,
};

describe("targetWords", () => {
  it("says a floor by its sign and in words", () => {
    expect(targetWords(forty, "zh-CN")).toEqual({ short: "≥ 40 场", long: "不少于 40 场" });
    expect(targetWords(forty, "en")).toEqual({
      short: "≥ 40 events",
      long: "at least 40 events",
    });
  });

  it("puts nothing before a figure that is to be met exactly", () => {
    const exactly = { ...forty, comparator: "EQUAL" as const };
    expect(targetWords(exactly, "zh-CN")).toEqual({ short: "40 场", long: "40 场" });
    expect(targetWords(exactly, "en")).toEqual({ short: "40 events", long: "exactly 40 events" });
  });

  it("says effort and yearly targets", () => {
    const visits = {
      ...forty,
      value: "10000000",
      unit: "人次",
      comparator: "MORE_THAN" as const,
      isTentative: true,
      isPerYear: true,
    };
    expect(targetWords(visits, "zh-CN").short).toBe("力争 每年 > 1000 万人次");
    expect(targetWords(visits, "zh-CN").long).toBe("力争每年超过 1000 万人次");
    expect(targetWords(visits, "en").long).toBe(
      "aim for more than 10,000,000 attendances each year",
    );
  });

  it("keeps percentages together and names no figure for a yes or no", () => {
    const share = { ...forty, value: "15", unit: "%", comparator: "MORE_THAN" as const };
    expect(targetWords(share, "zh-CN").short).toBe("> 15%");
    expect(targetWords({ ...forty, comparator: "DONE" }, "zh-CN").long).toBe("完成");
  });
});

describe("quantityWords", () => {
  it("groups by 万 and 亿 only where nothing is lost", () => {
    expect(quantityWords("2316000", "人次", "zh-CN")).toBe("231.6 万人次");
    expect(quantityWords("12345", "人", "zh-CN")).toBe("12345 人");
    expect(quantityWords("250000000", "元", "zh-CN")).toBe("2.5 亿元");
    expect(quantityWords("1000", "名", "zh-CN")).toBe("1000 名");
  });

  it("drops noughts behind the point only", () => {
    expect(quantityWords("15.50", "%", "zh-CN")).toBe("15.5%");
    expect(quantityWords("120", "名", "zh-CN")).toBe("120 名");
    expect(quantityWords("1200000.00", "所", "en")).toBe("1,200,000 institutions");
  });
});
