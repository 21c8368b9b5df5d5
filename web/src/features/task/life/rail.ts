import type { TransitionName } from "./fragments";

/** The nodes of the closed loop, in their order. */
export const RAIL = ["handOut", "accept", "work", "review", "complete", "archive"] as const;
export type RailNodeName = (typeof RAIL)[number];

/** A step of a task's life, as the rail needs it. */
export interface RailStep {
  readonly transition: TransitionName;
  readonly at: string;
  readonly by: { readonly displayName: string };
  readonly reason: string | null;
}

/** One node: whether the task was there, is there, or has it ahead; who and when; how long. */
export interface RailNode {
  readonly name: RailNodeName;
  /** `stopped`: here the task was given up, declined or suspended. */
  readonly status: "done" | "now" | "ahead" | "stopped";
  /** The step that ended the node. */
  readonly step: RailStep | null;
  /** When the task came to the node; null where it has not been. */
  readonly since: string | null;
  /** When it left the node; null while it is there. */
  readonly until: string | null;
}

/** What ends each node. */
const ENDS: Readonly<Record<RailNodeName, readonly TransitionName[]>> = {
  handOut: ["HAND_OUT", "REASSIGN"],
  accept: ["ACCEPT"],
  work: ["SUBMIT_COMPLETION"],
  review: ["COMPLETE", "COMPLETE_STAGE"],
  complete: ["COMPLETE"],
  archive: ["ARCHIVE"],
};

/** The node that a task stands at, by its state. */
const STANDS_AT: Readonly<Record<string, RailNodeName>> = {
  DRAFT: "handOut",
  ASSIGNED: "accept",
  DECLINED: "accept",
  IN_PROGRESS: "work",
  RETURNED: "work",
  REOPENED: "work",
  STAGE_COMPLETED: "work",
  COMPLETION_SUBMITTED: "review",
  COMPLETED: "archive",
  ARCHIVED: "archive",
};

const STOPPED: readonly string[] = ["DECLINED", "SUSPENDED", "CANCELLED"];

/**
 * The rail of a task: each node as it went in the present round. What was done before a return, a
 * reassignment or a reopening is in the history; here the latest counts.
 */
export function railOf(state: string, steps: readonly RailStep[]): readonly RailNode[] {
  const here = RAIL.indexOf(standsAt(state, steps));
  let since: string | null = null;
  return RAIL.map((name, index) => {
    const step = index < here || state === "ARCHIVED" ? latest(steps, ENDS[name]) : null;
    const status = statusOf(index, here, state);
    const began = sinceWhen(name, status, since, steps.at(-1)?.at ?? null);
    since = step?.at ?? since;
    return { name, status, step, since: began, until: step?.at ?? null };
  });
}

/** A node left behind began where the one before ended; the present one with the latest step. */
function sinceWhen(
  name: RailNodeName,
  status: RailNode["status"],
  before: string | null,
  latestAt: string | null,
): string | null {
  if (status === "ahead" || name === "complete") return null;
  return status !== "done" && before !== null ? latestAt : before;
}

function statusOf(index: number, here: number, state: string): RailNode["status"] {
  if (index < here || state === "ARCHIVED") return "done";
  if (index > here) return "ahead";
  return STOPPED.includes(state) ? "stopped" : "now";
}

/** Where it stands; a suspended or cancelled task where it stood before. */
function standsAt(state: string, steps: readonly RailStep[]): RailNodeName {
  const known = STANDS_AT[state];
  if (known !== undefined) return known;
  const last = steps.findLast((step) => !["SUSPEND", "CANCEL", "RESUME"].includes(step.transition));
  if (last === undefined) return "handOut";
  const after: Readonly<Partial<Record<TransitionName, RailNodeName>>> = {
    HAND_OUT: "accept",
    REASSIGN: "accept",
    DECLINE: "accept",
    SUBMIT_COMPLETION: "review",
    COMPLETE: "archive",
  };
  return after[last.transition] ?? "work";
}

function latest(steps: readonly RailStep[], ends: readonly TransitionName[]): RailStep | null {
  return steps.findLast((step) => ends.includes(step.transition)) ?? null;
}

/** Milliseconds between two instants. */
export function span(from: string, until: string): number {
  return Math.max(0, Date.parse(until) - Date.parse(from));
}
