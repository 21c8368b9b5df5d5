import { describe, expect, it } from "vitest";
import type { TransitionName } from "./fragments";
import { railOf } from "./rail";

let day = 0;
const step = (transition: TransitionName, reason: string | null = null) => {
  day += 1;
  return {
    transition,
    reason,
    at: `2025-03-${String(day).padStart(2, "0")}T08:00:00Z`,
    by: { displayName: transition },
  };
};
const shown = (state: string, ...transitions: TransitionName[]) => {
  day = 0;
  return railOf(
    state,
    transitions.map((one) => step(one)),
  );
};
const statuses = (state: string, ...transitions: TransitionName[]) =>
  shown(state, ...transitions).map((node) => node.status);

describe("railOf", () => {
  it("stands at the beginning before the hand-out", () => {
    expect(statuses("DRAFT")).toEqual(["now", "ahead", "ahead", "ahead", "ahead", "ahead"]);
  });

  it("waits for the acceptance after the hand-out, since then", () => {
    const rail = shown("ASSIGNED", "HAND_OUT");
    expect(rail.map((node) => node.status).slice(0, 3)).toEqual(["done", "now", "ahead"]);
    expect(rail[1]).toMatchObject({ since: "2025-03-01T08:00:00Z", until: null, step: null });
  });

  it("tells who ended a node and when", () => {
    const rail = shown("COMPLETION_SUBMITTED", "HAND_OUT", "ACCEPT", "SUBMIT_COMPLETION");
    expect(rail[2]).toMatchObject({
      status: "done",
      since: "2025-03-02T08:00:00Z",
      until: "2025-03-03T08:00:00Z",
      step: { by: { displayName: "SUBMIT_COMPLETION" } },
    });
    expect(rail[3]).toMatchObject({ status: "now", since: "2025-03-03T08:00:00Z" });
  });

  it("goes back to work after a return, and forgets the submission before it", () => {
    const rail = shown("RETURNED", "HAND_OUT", "ACCEPT", "SUBMIT_COMPLETION", "RETURN");
    expect(rail.map((node) => node.status).slice(2, 4)).toEqual(["now", "ahead"]);
    expect(rail[2]?.step).toBeNull();
  });

  it("stops where the lead declined, where it was suspended, and where it was cancelled", () => {
    expect(statuses("DECLINED", "HAND_OUT", "DECLINE")[1]).toBe("stopped");
    expect(statuses("SUSPENDED", "HAND_OUT", "ACCEPT", "SUSPEND")[2]).toBe("stopped");
    expect(statuses("CANCELLED", "HAND_OUT", "CANCEL")[1]).toBe("stopped");
    expect(statuses("CANCELLED", "CANCEL")[0]).toBe("stopped");
  });

  it("is done to its end when archived", () => {
    const rail = shown(
      "ARCHIVED",
      "HAND_OUT",
      "ACCEPT",
      "SUBMIT_COMPLETION",
      "COMPLETE",
      "ARCHIVE",
    );
    expect(rail.every((node) => node.status === "done")).toBe(true);
    expect(rail[4]?.step?.transition).toBe("COMPLETE");
    expect(rail[5]).toMatchObject({ since: "2025-03-04T08:00:00Z", until: "2025-03-05T08:00:00Z" });
  });
});
