import { describe, expect, it } from "vitest";
import type { WallUnitsData } from "./queries";
import { nextScene, secondsOf, wallUnits } from "./units";

const unit = (code: string, shortName: string) => ({ id: code, code, shortName, tile: null });
const cell = (code: string, expected: number, missing: number) => ({
  department: { id: code, code },
  ofPeriod: { expected, missing },
});

describe("units on the wall", () => {
  it("add up over the metrics, without the whole and without those that are not asked", () => {
    const data: WallUnitsData = {
      period: "2025-08",
      departments: [unit("P", "河南省科协"), unit("A", "郑州市科协"), unit("B", "学会学术部")],
      rows: [
        {
          metric: { id: "1", code: "M1" },
          cells: [cell("P", 13, 5), cell("A", 1, 1), cell("B", 0, 0)],
        },
        { metric: { id: "2", code: "M2" }, cells: [cell("P", 12, 4), cell("A", 12, 4)] },
      ],
    };
    expect(wallUnits(data)).toEqual([
      { code: "A", name: "郑州", tile: null, expected: 13, missing: 5 },
    ]);
  });
});

describe("the turn of scenes", () => {
  it("begins again after the last", () => {
    expect([0, 1, 2].map((one) => nextScene(one, 3))).toEqual([1, 2, 0]);
    expect(nextScene(0, 0)).toBe(0);
  });

  it("takes its time from the address, within limits", () => {
    expect([null, "abc", "-3", "5", "0.2", "9999"].map(secondsOf)).toEqual([20, 20, 20, 5, 1, 600]);
  });
});
