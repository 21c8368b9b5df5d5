import { describe, expect, it } from "vitest";
import type { ExtensionData, TaskStepData } from "./fragments";
import { historyOf } from "./history";

const step = (seq: number, at: string) => ({ seq, at }) as TaskStepData;
const extension = (id: string, requestedAt: string, decidedAt: string | null) =>
  ({ id, requestedAt, decidedAt }) as ExtensionData;

describe("historyOf", () => {
  it("tells steps and words on more time in one line, the newest first", () => {
    const entries = historyOf(
      [step(1, "2025-03-01T08:00:00Z"), step(2, "2025-03-02T08:00:00Z")],
      [extension("x", "2025-03-03T08:00:00Z", "2025-03-04T08:00:00Z")],
    );
    expect(entries.map((entry) => entry.key)).toEqual(["decided-x", "asked-x", "step-2", "step-1"]);
  });

  it("puts the later of two steps of one moment above, and leaves open what is not decided", () => {
    const now = "2025-03-01T08:00:00Z";
    const entries = historyOf([step(1, now), step(2, now)], [extension("x", now, null)]);
    expect(entries.map((entry) => entry.kind)).toEqual(["asked", "step", "step"]);
    expect(entries.map((entry) => entry.key)).toEqual(["asked-x", "step-2", "step-1"]);
  });
});
