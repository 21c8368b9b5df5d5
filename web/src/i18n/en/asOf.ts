import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/asOf";

/** Pages as they stood on an earlier day. */
export const messages: Translated<typeof source> = {
  switch: "View by date",
  about: "Shows tasks, departments, targets, reports and lights as they stood at the end of a day.",
  day: "Day",
  "day.future": "Please choose a day before today.",
  show: "Show",
  banner: "An earlier day is shown",
  title: "As of {day}",
  detail: "Everything is shown as it stood at the end of that day; nothing can be done here.",
  other: "Another day",
  leave: "Back to today",
};
