import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/amend";

/** Changes of a task in force. */
export const messages: Translated<typeof source> = {
  amendments: "Amendments",
  "amendments.none": "Nothing was amended since issue",
  propose: "Propose an amendment",
  proposed: "The amendment is proposed and waits for its decision",
  "propose.about":
    "Edit only what is to change. It takes effect once somebody else approves it; the old words are kept.",
  reason: "Reason",
  decide: "Decide on it",
  "decide.about": "Approved, it takes effect at once. Whoever proposed it does not decide.",
  decidedBy: "Decided by {name}",
  "done.APPROVED": "The amendment is in force",
  "done.REFUSED": "The amendment is refused",
  "verdict.APPROVED": "Approve",
  "verdict.REFUSED": "Refuse",
  words: "Words",
  "state.PROPOSED": "Waiting",
  "state.APPROVED": "In force",
  "state.REFUSED": "Refused",
  "field.TITLE": "Title",
  "field.TEXT": "Text",
  "field.DEADLINE": "Deadline",
  "field.DEPARTMENTS": "Departments",
  "field.TARGET": "Metric",
  "field.MILESTONE": "Milestone",
  old: "Was: ",
  new: "Is to be: ",
  none: "none",
};
