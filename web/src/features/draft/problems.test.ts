import { describe, expect, it } from "vitest";
import { following, openProblems, step, type TaskFacts, type WarningFacts } from "./problems";

const warning = (id: string, over: Partial<WarningFacts>): WarningFacts => ({
  id,
  code: "NUMBER_NOT_TAKEN",
  message: "",
  start: 0,
  end: 1,
  excerpt: "3个",
  isDismissed: false,
  task: null,
  ...over,
});
const task = (code: string, ...names: string[]): TaskFacts => ({
  code,
  unresolvedDepartments: names.map((name) => ({ name })),
});

describe("openProblems", () => {
  it("leaves dismissed ones out and keeps the order of the text", () => {
    const found = openProblems(
      [warning("b", { start: 9 }), warning("x", { isDismissed: true }), warning("a", { start: 2 })],
      [],
    );
    expect(found.map((one) => one.key)).toEqual(["a", "b"]);
  });

  it("makes one problem of one unknown name in several tasks", () => {
    const of = (code: string, start: number): WarningFacts =>
      warning(code, {
        code: "UNKNOWN_DEPARTMENT",
        excerpt: "县文旅局",
        start,
        task: { code },
      });
    const found = openProblems(
      [of("2025-02", 40), of("2025-01", 10)],
      [task("2025-01", "县文旅局"), task("2025-02", "县文旅局"), task("2025-03", "县文旅局")],
    );
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({
      name: "县文旅局",
      start: 10,
      warningIds: ["2025-01", "2025-02"],
      taskCodes: ["2025-01", "2025-02", "2025-03"],
    });
  });

  it("finds the name inside a longer excerpt, the longest first", () => {
    const [found] = openProblems(
      [
        warning("w", {
          code: "UNKNOWN_DEPARTMENT",
          excerpt: "（责任单位：县文旅局执法队）",
          task: { code: "2025-01" },
        }),
      ],
      [task("2025-01", "文旅局", "县文旅局执法队")],
    );
    expect(found?.name).toBe("县文旅局执法队");
  });
});

describe("step and following", () => {
  const three = openProblems(
    [warning("a", { start: 1 }), warning("b", { start: 2 }), warning("c", { start: 3 })],
    [],
  );

  it("goes round in both directions", () => {
    expect(step(three, null, 1)?.key).toBe("a");
    expect(step(three, null, -1)?.key).toBe("c");
    expect(step(three, "c", 1)?.key).toBe("a");
    expect(step(three, "a", -1)?.key).toBe("c");
    expect(step([], "a", 1)).toBeUndefined();
  });

  it("goes on in the text after one is mended", () => {
    const [a, b, c] = three;
    if (a === undefined || b === undefined || c === undefined) throw new Error("three problems");
    expect(following(three, b)?.key).toBe("c");
    expect(following([a, b], c)?.key).toBe("a");
    expect(following([c], c)).toBeUndefined();
  });
});
