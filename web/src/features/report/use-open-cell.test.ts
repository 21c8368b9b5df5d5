import { describe, expect, it } from "vitest";
import { EMPTY_CELLS } from "./cells";
import { openCell } from "./use-open-cell";

const filled = {
  ...EMPTY_CELLS,
  progress: "已办",
  nextSteps: "继续",
  selfAssessment: "ON_TRACK",
} as const;
const remark = (cells: readonly ["NEXT_STEPS"]) => ({ remark: { cells } }) as never;

describe("openCell", () => {
  it("is the first one that is missing", () => {
    expect(openCell({ report: null, cells: EMPTY_CELLS })).toBe("selfAssessment");
    expect(openCell({ report: null, cells: { ...filled, progress: "" } })).toBe("progress");
  });

  it("is the one to mend, though it is filled in", () => {
    expect(openCell({ report: remark(["NEXT_STEPS"]), cells: filled })).toBe("nextSteps");
  });

  it("is the text when nothing is missing", () => {
    expect(openCell({ report: null, cells: filled })).toBe("progress");
  });
});
