import { describe, expect, it } from "vitest";
import { normalisedFigure } from "./metric-values";

describe("normalisedFigure", () => {
  it.each([
    ["300万", "3000000"],
    [" 1,200 ", "1200"],
    ["１５", "15"],
    ["12.50", "12.5"],
    ["三十", "30"],
  ])("works %s out", (typed, expected) => {
    expect(normalisedFigure(typed)).toBe(expected);
  });

  it.each(["", "-3", "3到5", "很多"])("passes %s on as typed", (typed) => {
    expect(normalisedFigure(typed)).toBe(typed);
  });
});
