import { draftUrl } from "../../ui/urls";

/** The steps of a draft, in order; the source is the page before. */
export const STEPS = ["review", "check", "issue"] as const;
export type Step = (typeof STEPS)[number];

/** What the right side shows; `text` stands beside the others on a phone only. */
export const PANELS = ["text", "todo", "items", "head"] as const;
export type ReviewPanel = (typeof PANELS)[number];

/** What the address of a draft says. */
export interface DraftView {
  readonly step: Step;
  /** Null: the to-do list while something waits, else the tasks. */
  readonly panel: ReviewPanel | null;
  /** Code of the open task. */
  readonly task: string | null;
}

/** Reads the address; what it does not know is as if left out. */
export function viewOf(search: URLSearchParams): DraftView {
  return {
    step: STEPS.find((one) => one === search.get("step")) ?? "review",
    panel: PANELS.find((one) => one === search.get("panel")) ?? null,
    task: search.get("task"),
  };
}

/** The address of one task in the review. */
export function reviewUrl(code: string, task: string): string {
  return `${draftUrl(code, "review")}&panel=items&task=${encodeURIComponent(task)}`;
}
