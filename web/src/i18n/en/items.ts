import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/items";

/** 其他事项. */
export const messages: Translated<typeof source> = {
  "page.title": "Other items",
  "page.meta": "Meetings, instructions, superiors, proposals, inspections, and parts of tasks",
  toTasks: "Tasks of plans",
  none: "No other items yet",
  "none.create": "Enter what a meeting or a leader asked for with “New item”.",
  "none.wait": "Items handed to you will be listed here.",
  partOf: "part of {code}",
  noLead: "no lead",
  noDeadline: "no deadline",
  new: "New item",
  "new.about": "Hand it out on its task page; until then only the supervision office sees it.",
  "new.send": "Enter",
  "new.failed": "It was not stored. Check the network and try again.",
  kind: "Source",
  source: "Who said it",
  "source.hint": "Who, and where: third meeting of the chair’s office",
  sourceOn: "Date",
  documentNumber: "Document number",
  title: "Item",
  text: "In full",
  "text.hint": "Left empty, the item says it",
  lead: "Lead",
  support: "Supporting",
  "support.remove": "Remove {name}",
  deadline: "Deadline",
  "deadline.hint": "May be set at hand-out",
};
