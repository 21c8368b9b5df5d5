import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/attention";

/** 需要关注, on the overview. */
export const messages: Translated<typeof source> = {
  title: "Needs attention",
  count: { one: "{count} task late or at risk", other: "{count} tasks late or at risk" },
  lights: "Lights",
  none: "No task is late or at risk.",
  noLead: "no lead yet",
  approvals: "Waiting for my approval",
  "approvals.count": {
    one: "{count} completion or request for more time",
    other: "{count} completions and requests for more time",
  },
  "approvals.none": "No completion or request for more time waits for you.",
  more: { one: "{count} more", other: "{count} more" },
};
