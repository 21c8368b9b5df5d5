import { describe, expect, it } from "vitest";
import { messageFor, otherMessages, outcomeOf } from "../graphql/outcome";
import { baseWith, changes, isOvertaken, stateAfter } from "./use-edit";

const error = (code: string, ...path: string[]) => ({ code, path, message: `${code}!` });
const payload = (...userErrors: ReturnType<typeof error>[]) =>
  outcomeOf({ data: { updateTask: { userErrors } } }, (data) => data.updateTask);

describe("outcomeOf", () => {
  it("tells a conflict from what the user can mend", () => {
    expect(payload().kind).toBe("done");
    expect(payload(error("CONFLICT", "expectedVersion")).kind).toBe("conflict");
    expect(payload(error("TITLE_EMPTY", "title"))).toMatchObject({
      kind: "refused",
      errors: [{ code: "TITLE_EMPTY" }],
    });
  });

  it("counts an answer without data as failed", () => {
    const failed = outcomeOf({ data: undefined }, () => null);
    expect(failed).toEqual({ kind: "failed", requestId: null });
  });
});

describe("messages", () => {
  const errors = [error("TITLE_EMPTY", "input", "title"), error("PLAN_NOT_DRAFT", "planId")];

  it("stand beside their field, the rest apart", () => {
    expect(messageFor(errors, "title")).toBe("TITLE_EMPTY!");
    expect(messageFor(errors, "deadline")).toBeUndefined();
    expect(otherMessages(errors, ["title"])).toEqual(["PLAN_NOT_DRAFT!"]);
  });
});

describe("an edit", () => {
  it("keeps what was typed unless it was stored", () => {
    const typed = { title: "新标题" };
    expect(stateAfter(typed, { kind: "done" }).typed).toEqual({});
    expect(stateAfter(typed, { kind: "conflict", message: "" })).toMatchObject({
      typed,
      status: "conflict",
    });
    expect(stateAfter(typed, { kind: "refused", errors: [error("X")] }).typed).toEqual(typed);
    expect(stateAfter(typed, { kind: "failed", requestId: "r1" })).toMatchObject({
      typed,
      requestId: "r1",
    });
  });

  it("stores only what differs", () => {
    const stored = { title: "甲", deadline: null as string | null, support: ["a"] };
    expect(changes(stored, { title: "甲", support: ["a"] })).toEqual({});
    expect(changes(stored, { deadline: "2025-06-30" })).toEqual({ deadline: "2025-06-30" });
  });

  it("is overtaken where a field it changes was stored anew since the typing began", () => {
    const seen = { title: "甲", deadline: "2025-06-30" };
    const base = baseWith(
      baseWith({}, { title: "乙" }, seen),
      { title: "乙二" },
      { ...seen, title: "丙" },
    );
    expect(base).toEqual({ title: "甲" });
    expect(isOvertaken(base, { title: "乙二" }, seen)).toBe(false);
    expect(isOvertaken(base, { title: "乙二" }, { ...seen, title: "丙" })).toBe(true);
    expect(isOvertaken(base, { title: "乙二" }, { ...seen, deadline: "2025-09-30" })).toBe(false);
  });
});
