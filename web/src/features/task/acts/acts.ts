import type { TaskLifeData, TransitionName, VerdictData } from "../life/fragments";

/** An act on a task: a transition, or a word on more time. */
export type ActName = TransitionName | "REQUEST_EXTENSION" | "DECIDE_EXTENSION";

/** Acts in the order in which they are offered: what goes on first, what ends the task last. */
const ORDER: readonly TransitionName[] = [
  "HAND_OUT",
  "ACCEPT",
  "SUBMIT_COMPLETION",
  "COMPLETE",
  "COMPLETE_STAGE",
  "BEGIN_STAGE",
  "RESUME",
  "ARCHIVE",
  "DECLINE",
  "RETURN",
  "REASSIGN",
  "REOPEN",
  "SUSPEND",
  "CANCEL",
];

/** Acts that carry the task on: the first that is allowed is the main one. */
const FORWARD: readonly ActName[] = ORDER.slice(0, 8);

/** An act with its verdict. */
export interface OfferedAct {
  readonly name: ActName;
  /** Why it would not be taken; null when it would. */
  readonly refusal: string | null;
}

/** What the caller may do, what the task does not allow yet, and what is out of question now. */
export interface Offer {
  readonly main: OfferedAct | null;
  readonly others: readonly OfferedAct[];
  /** Would be the caller's to do, but the task misses something. */
  readonly blocked: readonly OfferedAct[];
  readonly rest: readonly OfferedAct[];
}

/** Refusals that say no more than that the time for the act is not now, or that it is another's. */
const OUT_OF_QUESTION: readonly string[] = ["TASK_TRANSITION_NOT_ALLOWED", "FORBIDDEN"];

/** Sorts the verdicts; a task without a deadline can be handed out with one by whoever may. */
export function offerOf(task: TaskLifeData, mayHandOut: boolean): Offer {
  const verdicts = [...task.life.transitions].sort(
    (a, b) => ORDER.indexOf(a.transition) - ORDER.indexOf(b.transition),
  );
  const allowed: OfferedAct[] = [];
  const blocked: OfferedAct[] = [];
  const rest: OfferedAct[] = [];
  for (const verdict of verdicts) {
    const name = verdict.transition;
    if (isAllowed(verdict, mayHandOut)) allowed.push({ name, refusal: null });
    else {
      const refused = { name, refusal: verdict.refusal?.message ?? "" };
      const isNear = !OUT_OF_QUESTION.includes(verdict.refusal?.code ?? "FORBIDDEN");
      (isNear && name !== "HAND_OUT" ? blocked : rest).push(refused);
    }
  }
  const isAsked = task.life.extensions.some((one) => one.state === "REQUESTED");
  if (task.life.viewerCanRequestExtension && !isAsked) {
    allowed.push({ name: "REQUEST_EXTENSION", refusal: null });
  }
  const main = allowed.find((act) => FORWARD.includes(act.name)) ?? null;
  return { main, others: allowed.filter((act) => act !== main), blocked, rest };
}

function isAllowed(verdict: VerdictData, mayHandOut: boolean): boolean {
  if (verdict.isAllowed) return true;
  // The deadline comes with the hand-out itself.
  const needsDate = ["TASK_NO_DEADLINE", "DATE_PAST"].includes(verdict.refusal?.code ?? "");
  return verdict.transition === "HAND_OUT" && mayHandOut && needsDate;
}
