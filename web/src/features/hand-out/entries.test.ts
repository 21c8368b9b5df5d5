import { describe, expect, it } from "vitest";
import { entryOf, filledFrom, withDeadline, without, withPasted } from "./entries";

const IDS = ["a", "b", "c", "d"];
const all = new Set(IDS);

describe("entryOf", () => {
  it("lays what was typed over what is stored", () => {
    const row = { id: "a", deadline: "2025-06-30", life: { isStanding: false } };
    expect(entryOf(row, {})).toEqual({ deadline: "2025-06-30", isStanding: false });
    expect(entryOf(row, { a: { deadline: "" } }).deadline).toBe("");
  });
});

describe("filledFrom", () => {
  it("reaches all rows below", () => {
    expect(filledFrom(IDS, 1, all)).toEqual(["c", "d"]);
    expect(filledFrom(IDS, 1, new Set(["d"]))).toEqual(["c", "d"]);
    expect(filledFrom(IDS, 3, all)).toEqual([]);
  });

  it("reaches the selected rows below when the row is one of a few selected", () => {
    expect(filledFrom(IDS, 0, new Set(["a", "d"]))).toEqual(["d"]);
  });
});

describe("withPasted", () => {
  it("fills downwards, skips empty lines and what is past the last row", () => {
    const lines = [{ deadline: "2025-06-30" }, { deadline: null }, { deadline: "2025-09-30" }];
    expect(withPasted({}, IDS, 2, lines)).toEqual({ c: { deadline: "2025-06-30" } });
    expect(withPasted({ b: { deadline: "x" } }, IDS, 0, lines)).toEqual({
      a: { deadline: "2025-06-30" },
      b: { deadline: "x" },
      c: { deadline: "2025-09-30" },
    });
  });
});

describe("without", () => {
  it("forgets what was handed out", () => {
    expect(without(withDeadline({}, ["a", "b"], "2025-06-30"), ["a"])).toEqual({
      b: { deadline: "2025-06-30" },
    });
  });
});
