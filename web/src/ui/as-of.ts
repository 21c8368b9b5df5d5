import { createContext, use } from "react";

/** Pages that can be read as of an earlier day: tasks, other items, notices, a plan, the sheet of a month, units. */
const PAGES =
  /^\/(?:tasks(?:\/[^/]+)?|items|report|orgs(?:\/[^/]+)?|notices(?:\/(?!new$)[^/]+)?|plans\/(?!import$)[^/]+)$/;
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const PARAMETER = "asOf";

/** The day that the pages show, `2025-06-30`; null shows today. */
export const AsOfDay = createContext<string | null>(null);

/** The day that the page shows; null shows today. */
export function useAsOfDay(): string | null {
  return use(AsOfDay);
}

/** The day that an address asks for; null for pages that know only today. */
export function dayOf(path: string, search: string): string | null {
  const day = new URLSearchParams(search).get(PARAMETER);
  return day !== null && DAY.test(day) && PAGES.test(path) ? day : null;
}

/** An address that keeps the day, where its page can show one. */
export function keepingDay(to: string, day: string | null): string {
  if (day === null) return to;
  const [before = "", hash] = to.split("#", 2);
  const [path = "", search = ""] = before.split("?", 2);
  if (!PAGES.test(path)) return to;
  const parameters = new URLSearchParams(search);
  if (!parameters.has(PARAMETER)) parameters.set(PARAMETER, day);
  return `${path}?${parameters.toString()}${hash === undefined ? "" : `#${hash}`}`;
}
