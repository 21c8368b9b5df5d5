import { describe, expect, it } from "vitest";
import { chunksOf, kindOf, placeAfter } from "./cells";

const cell = (over: Partial<Parameters<typeof kindOf>[0] & object>) => ({
  expected: 1,
  missing: 0,
  notApplicable: 0,
  waiting: 0,
  verified: null,
  provisional: null,
  ...over,
});

describe("what a cell of the matrix says", () => {
  it("tells zero, missing, not applicable and not asked apart", () => {
    expect(kindOf(cell({ verified: "0" }))).toBe("zero");
    expect(kindOf(cell({ missing: 1 }))).toBe("missing");
    expect(kindOf(cell({ notApplicable: 1 }))).toBe("notApplicable");
    expect(kindOf(cell({ expected: 0 }))).toBe("notAsked");
    expect(kindOf(undefined)).toBe("notAsked");
  });

  it("keeps a figure that is partly missing, and names what only waits", () => {
    expect(kindOf(cell({ expected: 12, missing: 3, verified: "40" }))).toBe("value");
    expect(kindOf(cell({ expected: 12, missing: 3, waiting: 9 }))).toBe("waiting");
    expect(kindOf(cell({ expected: 2, missing: 1, notApplicable: 1 }))).toBe("missing");
  });
});

describe("keys in the matrix", () => {
  const size = { rows: 20, columns: 5, page: 8 };
  const go = (key: string, isFar = false) =>
    placeAfter({ row: 3, column: 2 }, { key, isFar }, size);

  it("go one step and stay inside", () => {
    expect(go("ArrowDown")).toEqual({ row: 4, column: 2 });
    expect(go("ArrowLeft")).toEqual({ row: 3, column: 1 });
    expect(placeAfter({ row: 0, column: 0 }, { key: "ArrowUp", isFar: false }, size)).toEqual({
      row: 0,
      column: 0,
    });
    expect(go("x")).toBeNull();
  });

  it("go a page and to the edges", () => {
    expect(go("PageDown")).toEqual({ row: 11, column: 2 });
    expect(go("PageUp")).toEqual({ row: 0, column: 2 });
    expect(go("End")).toEqual({ row: 3, column: 4 });
    expect(go("Home", true)).toEqual({ row: 0, column: 0 });
    expect(go("ArrowDown", true)).toEqual({ row: 19, column: 2 });
  });
});

it("cuts metrics into requests", () => {
  expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
  expect(chunksOf([], 2)).toEqual([]);
});
