import { describe, expect, it } from "vitest";
import { paceOf } from "../../charts/pace";
import { monthsOf, trendOf } from "./months";
import type { MetricMonthsData } from "./queries";

describe("the trend of a year", () => {
  it("has twelve months, and nothing after the one that is reported", () => {
    const figures = { verified: "3", provisional: "4" };
    const data = { id: "x" } as Record<string, unknown>;
    for (const key of Object.keys(monthsOf(2025))) data[key] = figures;
    const trend = trendOf(data as unknown as MetricMonthsData, 2025, "2025-08");
    expect(trend).toHaveLength(12);
    expect(trend[7]).toEqual({ period: "2025-08", ...figures });
    expect(trend[8]).toEqual({ period: "2025-09", verified: null, provisional: null });
  });

  it("has an even pace to the day of the target, for figures that add up only", () => {
    const sum = { timeAggregation: "SUM", value: "40" };
    expect(paceOf({ ...sum, by: "2025-12-31" }, 2025)?.[5]).toBe(20);
    const half = paceOf({ ...sum, by: "2025-06-30" }, 2025);
    expect([half?.[2], half?.[5], half?.[11]]).toEqual([20, 40, 40]);
    expect(paceOf({ ...sum, by: null }, 2025)?.[11]).toBe(40);
    expect(paceOf({ timeAggregation: "LATEST", value: "4", by: null }, 2025)).toBeNull();
  });
});
