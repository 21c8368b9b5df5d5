import { describe, expect, it } from "vitest";
import { minus, plus, readNames, readNumber } from "./typed-number";

describe("readNumber", () => {
  it("reads figures as people type them, to the digit", () => {
    const typed = [
      "12",
      " 1,234 ",
      "１２３４",
      "2.5万",
      "0.35 亿",
      "15%",
      "1 200.50",
      "0",
      "-3",
      "3百万",
    ];
    expect(typed.map(readNumber)).toEqual([
      "12",
      "1234",
      "1234",
      "25000",
      "35000000",
      "15",
      "1200.5",
      "0",
      "-3",
      "3000000",
    ]);
  });

  it("says of a word that it is no figure", () => {
    expect(["", "十二", "1.2.3", "约30", ".", "12场"].map(readNumber)).toEqual(
      Array.from({ length: 6 }, () => null),
    );
  });
});

describe("plus and minus", () => {
  it("are exact where floats are not", () => {
    expect(plus("0.1", "0.2")).toBe("0.3");
    expect(plus("9007199254740993", "1")).toBe("9007199254740994");
    expect(minus("30", "29.5")).toBe("0.5");
    expect(minus("29.5", "30")).toBe("-0.5");
    expect(minus("3", "3")).toBe("0");
    expect(plus("-1.25", "1")).toBe("-0.25");
  });
});

describe("readNames", () => {
  it("parts a list at line breaks and commas of both languages", () => {
    expect(readNames("郑州、洛阳\n 开封 ,,新乡；\n")).toEqual(["郑州", "洛阳", "开封", "新乡"]);
  });
});
