import { describe, expect, it } from "vitest";
import { stateAfter } from "./use-import";

const plan = {
  id: "p",
  code: "2025",
  title: "要点",
  state: "DRAFT",
  documentNumber: null,
} as const;

describe("stateAfter", () => {
  it("hands a fresh draft on", () => {
    expect(stateAfter({ plan, isNew: true, userErrors: [] }).fresh).toBe(plan);
  });

  it("says when the very file is there already", () => {
    const after = stateAfter({ plan, isNew: false, userErrors: [] });
    expect(after).toEqual({ state: { kind: "known", plan }, fresh: null });
  });

  it("keeps code and message of a refusal", () => {
    const error = { code: "DOCUMENT_BINARY", path: ["uploadId"], message: "不是文字" };
    expect(stateAfter({ plan: null, isNew: false, userErrors: [error] }).state).toEqual({
      kind: "refused",
      code: "DOCUMENT_BINARY",
      message: "不是文字",
    });
  });

  it("counts no answer as failed", () => {
    expect(stateAfter(undefined).state.kind).toBe("failed");
    expect(stateAfter({ plan: null, isNew: false, userErrors: [] }).state.kind).toBe("failed");
  });
});
