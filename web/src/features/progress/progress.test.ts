import { describe, expect, it } from "vitest";
import { byStanding, percentText, standingOf } from "./progress";

const metric = (over: object) => ({
  value: "120",
  by: "2025-12-31",
  comparator: "AT_LEAST",
  timeAggregation: "SUM",
  figures: { attainment: "50", until: "2025-06" },
  ...over,
});

describe("how a target stands", () => {
  it("is held against an even pace to the month of its day", () => {
    expect(standingOf(metric({}), 2025)).toEqual({ attained: 50, pace: 50, ahead: 0 });
    const early = standingOf(metric({ by: "2025-06-30" }), 2025);
    expect(early).toEqual({ attained: 50, pace: 100, ahead: -50 });
  });

  it("has no pace where it does not add up, where it is a ceiling, and before anything is verified", () => {
    expect(standingOf(metric({ timeAggregation: "LATEST" }), 2025).pace).toBeNull();
    expect(standingOf(metric({ comparator: "AT_MOST" }), 2025).pace).toBeNull();
    const silent = metric({ figures: { attainment: null, until: "2025-06" } });
    expect(standingOf(silent, 2025)).toEqual({ attained: null, pace: 50, ahead: null });
    expect(standingOf(metric({ figures: null }), 2025).attained).toBeNull();
  });

  it("comes the furthest behind first, and those without a pace last", () => {
    const codes = byStanding(
      [
        { ...metric({ timeAggregation: "LATEST" }), code: "none" },
        { ...metric({ figures: { attainment: "80", until: "2025-06" } }), code: "ahead" },
        { ...metric({ figures: { attainment: "20", until: "2025-06" } }), code: "behind" },
        { ...metric({ timeAggregation: "MAX" }), code: "none too" },
      ],
      2025,
    ).map((one) => one.code);
    expect(codes).toEqual(["behind", "ahead", "none", "none too"]);
  });
});

it("never rounds up to the whole", () => {
  expect(percentText(99.99)).toBe("99.9%");
  expect(percentText(100)).toBe("100%");
});
