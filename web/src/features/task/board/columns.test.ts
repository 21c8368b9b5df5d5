import { describe, expect, it } from "vitest";
import { TASK_STATES } from "../list";
import { COLUMNS, columnOf, columnsOf, dropOn, pressingFirst, weightOf } from "./columns";

const allow = (...names: string[]) => names.map((name) => ({ name, refusal: null }));

describe("columnsOf", () => {
  it("has a column for every state, and every column has one", () => {
    const columns = columnsOf(TASK_STATES.map((state) => ({ state })));
    expect([...columns.values()].flat()).toHaveLength(TASK_STATES.length);
    expect([...columns].every(([, tasks]) => tasks.length > 0)).toBe(true);
    expect(COLUMNS.every((name) => columns.has(name))).toBe(true);
    expect(columnOf("RETURNED")).toBe("work");
  });
});

describe("a column", () => {
  it("shows what presses first and keeps the order of the rest", () => {
    const cards = ["GREEN", "YELLOW", "BLUE", "RED", "GREEN"].map((colour, at) => ({
      at,
      light: { colour },
    }));
    expect(pressingFirst(cards).map(({ at }) => at)).toEqual([3, 1, 0, 2, 4]);
  });

  it("is folded when empty and wider the more it holds", () => {
    expect([0, 1, 6, 7, 17, 500].map(weightOf)).toEqual([0, 1, 1, 2, 4, 4]);
  });
});

describe("dropOn", () => {
  it("takes the first act that is allowed and leads there", () => {
    expect(dropOn("work", allow("RETURN", "SUSPEND"), [])).toEqual({ kind: "act", name: "RETURN" });
    expect(dropOn("archive", allow("CANCEL"), [])).toEqual({ kind: "act", name: "CANCEL" });
  });

  it("says why where none is", () => {
    const refused = [{ name: "SUBMIT_COMPLETION", refusal: "还有 2 个指标没有完成。" }];
    expect(dropOn("review", allow("SUSPEND"), refused)).toEqual({
      kind: "refused",
      reason: "还有 2 个指标没有完成。",
    });
    expect(dropOn("handOut", allow("CANCEL"), [])).toEqual({ kind: "refused", reason: null });
  });
});
