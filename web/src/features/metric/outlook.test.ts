import { describe, expect, it } from "vitest";
import { outlookOf } from "./outlook";

const trend = Array.from({ length: 12 }, (_, index) => ({
  period: `2025-${String(index + 1).padStart(2, "0")}`,
  verified: index < 10 ? String((index + 1) * 10) : null,
  provisional: null,
}));

describe("the drawn forecast", () => {
  it("starts at the last verified month and ends in the interval of the year", () => {
    const outlook = outlookOf(
      {
        expected: "124",
        low: "110",
        high: "140",
        course: [
          { period: "2025-11", expected: "112" },
          { period: "2025-12", expected: "124" },
        ],
      },
      trend,
    );
    expect(outlook?.[8]).toBeNull();
    expect(outlook?.[9]).toEqual({ expected: 100, low: 100, high: 100 });
    expect(outlook?.[10]).toEqual({ expected: 112, low: 105, high: 120 });
    expect(outlook?.[11]).toEqual({ expected: 124, low: 110, high: 140 });
  });

  it("opens at once where nothing more is expected", () => {
    const course = [
      { period: "2025-11", expected: "100" },
      { period: "2025-12", expected: "100" },
    ];
    const outlook = outlookOf({ expected: "100", low: "100", high: "103", course }, trend);
    expect(outlook?.[10]).toEqual({ expected: 100, low: 100, high: 103 });
  });

  it("is none where nothing is forecast", () => {
    expect(outlookOf({ expected: null, low: null, high: null, course: [] }, trend)).toBeNull();
  });
});
