import { describe, expect, it } from "vitest";
import { endOf, scaleOf } from "./scale";

describe("scaleOf", () => {
  it("holds the year of the plan", () => {
    const scale = scaleOf([], 2025);
    expect(scale.months).toHaveLength(12);
    expect(scale.months[0]).toMatchObject({ key: "2025-01", from: 0, isNamed: true });
    expect(scale.at("2025-01-01")).toBe(0);
    expect(scale.at(endOf("2025-12-31"))).toBe(1);
    expect(scale.at("2025-07-02")).toBeCloseTo(182 / 365, 5);
  });

  it("grows over the edges of the year, and names fewer months then", () => {
    const scale = scaleOf(["2024-11-20", "2026-12-31"], 2025);
    expect(scale.months).toHaveLength(26);
    expect(scale.months.filter((month) => month.isNamed)).toHaveLength(13);
    expect(scale.has("2027-01-01")).toBe(false);
    expect(scale.at("2027-06-01")).toBe(1);
    expect(scale.at("2020-01-01")).toBe(0);
  });
});
