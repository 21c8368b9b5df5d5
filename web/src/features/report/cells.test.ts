import { expect, test } from "vitest";
import { EMPTY_CELLS, faultsOf, isComplete } from "./cells";

test("progress and self-assessment are always asked for, problems when there is trouble", () => {
  expect(faultsOf(EMPTY_CELLS)).toEqual({ progress: "missing", selfAssessment: "missing" });
  const behind = { ...EMPTY_CELLS, progress: "受阻", selfAssessment: "BEHIND" } as const;
  expect(faultsOf(behind)).toEqual({ problems: "explain" });
  expect(isComplete({ ...behind, problems: "场地未定" })).toBe(true);
});

test("a cell is counted in characters, not in code units", () => {
  const cells = { ...EMPTY_CELLS, progress: "😀".repeat(2000), selfAssessment: "DONE" } as const;
  expect(faultsOf(cells)).toEqual({});
  expect(faultsOf({ ...cells, progress: "😀".repeat(2001) })).toEqual({ progress: "tooLong" });
});
