import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/calendar";

/** Holidays and make-up days of a year. */
export const messages: Translated<typeof source> = {
  title: "Working-day calendar",
  subtitle: "Reports are due on working days; holidays follow the notice of the State Council",
  year: "Year",
  holiday: "Holiday",
  off: "Off",
  run: " to ",
  "run.next": ",",
  work: "Made up for",
  unknown:
    "The holidays of {year} are not loaded; Monday to Friday count until then. Load them once the notice is out.",
  workingDays: "{year} has {count} working days.",
  load: "Load",
  "load.title": "Load the holidays of a year",
  text: "Days off and make-up days",
  "text.hint":
    "A line for each day: date,kind,name. A kind is OFF or WORK. The year is replaced; days that are past stay.",
  example: "date,kind,name\n{year}-01-01,OFF,元旦",
  file: "Read a file…",
  try: "Try",
  confirm: "Load",
  cancel: "Cancel",
  tried: "Added {added}, removed {removed}, changed {changed} days. Holds at once.",
  same: "The same as now; nothing changes.",
  loaded: "The calendar is loaded",
  failed: "That failed. What you typed is still here; try again.",
};
