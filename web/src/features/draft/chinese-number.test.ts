import { describe, expect, it } from "vitest";
import { chineseInteger, findNumbers, shiftDecimal } from "./chinese-number";

describe("shiftDecimal", () => {
  it.each([
    ["3", 4, "30000"],
    ["12.5", 4, "125000"],
    ["0.25", 1, "2.5"],
    ["1.10", 0, "1.1"],
    ["0", 8, "0"],
  ])("moves the point of %s by %i", (decimal, power, expected) => {
    expect(shiftDecimal(decimal, power)).toBe(expected);
  });
});

describe("chineseInteger", () => {
  it.each([
    ["三", 3],
    ["两", 2],
    ["十", 10],
    ["十五", 15],
    ["一百二十", 120],
    ["一千零五", 1005],
    ["千", 1000],
  ])("reads %s", (numeral, expected) => {
    expect(chineseInteger(numeral)).toBe(expected);
  });

  it("refuses what is no numeral", () => {
    expect(chineseInteger("场")).toBeUndefined();
    expect(chineseInteger("")).toBeUndefined();
  });
});

describe("findNumbers", () => {
  it.each([
    ["办好40场以上活动", ["40"]],
    ["突破300万人次", ["3000000"]],
    ["突破 1,200 人", ["1200"]],
    ["联系千名以上专家", ["1000"]],
    ["开展万场以上活动", ["10000"]],
    ["组织三百余场", ["300"]],
    ["培训１２０名", ["120"]],
    ["投入2.5亿元", ["250000000"]],
    ["新增3千名会员", ["3000"]],
    ["达到5千万元", ["50000000"]],
    ["举办3到5场", ["3", "5"]],
  ])("reads %s", (text, expected) => {
    expect(findNumbers(text).map((one) => one.value)).toEqual(expected);
  });

  it("says where the number stands", () => {
    const [found] = findNumbers("突破300万人次");
    expect(found).toEqual({ start: 2, end: 6, value: "3000000" });
  });

  it("does not take 万 of a word for a number", () => {
    expect(findNumbers("万众一心").map((one) => one.value)).toEqual(["1"]);
  });
});
