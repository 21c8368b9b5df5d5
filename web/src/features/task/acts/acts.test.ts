import { describe, expect, it } from "vitest";
import type { ExtensionData, TaskLifeData, VerdictData } from "../life/fragments";
import { offerOf } from "./acts";

const yes = (transition: VerdictData["transition"]): VerdictData => ({
  transition,
  isAllowed: true,
  refusal: null,
});
const no = (transition: VerdictData["transition"], code: string): VerdictData => ({
  transition,
  isAllowed: false,
  refusal: { code, message: `${code}!` },
});
const task = (transitions: VerdictData[], life: Partial<TaskLifeData["life"]> = {}) =>
  ({ life: { extensions: [], transitions, ...life } }) as unknown as TaskLifeData;
const names = (acts: readonly { readonly name: string }[]) => acts.map((act) => act.name);

describe("offerOf", () => {
  it("puts first what carries the task on, and last what ends it", () => {
    const offer = offerOf(task([yes("CANCEL"), yes("DECLINE"), yes("ACCEPT")]), false);
    expect(offer.main?.name).toBe("ACCEPT");
    expect(names(offer.others)).toEqual(["DECLINE", "CANCEL"]);
  });

  it("tells what misses something from what is out of question", () => {
    const offer = offerOf(
      task([
        no("SUBMIT_COMPLETION", "TASK_METRICS_OPEN"),
        no("ACCEPT", "TASK_TRANSITION_NOT_ALLOWED"),
        no("SUSPEND", "FORBIDDEN"),
      ]),
      false,
    );
    expect(offer.main).toBeNull();
    expect(offer.blocked).toEqual([{ name: "SUBMIT_COMPLETION", refusal: "TASK_METRICS_OPEN!" }]);
    expect(names(offer.rest)).toEqual(["ACCEPT", "SUSPEND"]);
  });

  it("offers the hand-out of a task without a deadline to whoever may, and to nobody else", () => {
    const bare = task([no("HAND_OUT", "TASK_NO_DEADLINE")]);
    expect(offerOf(bare, true).main?.name).toBe("HAND_OUT");
    expect(offerOf(bare, false).main).toBeNull();
    expect(offerOf(task([no("HAND_OUT", "TASK_NO_LEAD")]), true).main).toBeNull();
  });

  it("does not offer to ask for more time twice", () => {
    const extensions = [{ state: "REQUESTED" } as ExtensionData];
    const may = { viewerCanRequestExtension: true };
    expect(names(offerOf(task([], may), false).others)).toEqual(["REQUEST_EXTENSION"]);
    expect(names(offerOf(task([], { ...may, extensions }), false).others)).toEqual([]);
  });
});
