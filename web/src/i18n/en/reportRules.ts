import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/reportRules";

/** When monthly reports open, are due and close. */
export const messages: Translated<typeof source> = {
  title: "Rules of monthly reports",
  standard: "The rules that the product came with",
  changed: "Changed by {name}, {at}; hold from {month}",
  window: "Reports of {month}: taken from {opens}, on time until {due}, closed after {closes}.",
  "rule.hint": "{least} to {most}, standard {standard}",
  "rule.OPENS_DAYS_BEFORE_END": "Open this long before the month ends",
  "rule.DUE_WORKING_DAY": "Due on this working day of the next month",
  "rule.CLOSES_AFTER_WORKING_DAYS": "Close this long after they are due",
  "unit.OPENS_DAYS_BEFORE_END": "days",
  "unit.DUE_WORKING_DAY": "working day",
  "unit.CLOSES_AFTER_WORKING_DAYS": "working days",
  save: "Save the report rules",
  reset: "Discard changes",
  saved: "The report rules are saved",
  preview: "How the days would move",
  "preview.none": "Change a number to see at once how the days would move",
  "preview.first": "Once saved, they hold from {month}",
  "preview.faulty": "Mend the number that is marked first",
  "preview.month": "Reports of {month}",
  "preview.before": "Now",
  "preview.after": "Under these rules",
  "preview.reports":
    "Tried on the reports of {months}: on time and would be late: {late}; late and would be on time: {onTime}.",
  "preview.kept":
    "An example only: months that have opened keep their days, and what was late stays so.",
  "day.opensOn": "Open",
  "day.dueOn": "On time until",
  "day.closesOn": "Closed after",
};
