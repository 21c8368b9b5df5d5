import type { IconName } from "../ui/Icon";
import { metricsUrl, orgsUrl, overviewUrl, plansUrl, tasksUrl } from "../ui/urls";

/** An entry of the main navigation. */
export interface NavigationEntry {
  readonly key: "overview" | "plans" | "tasks" | "metrics" | "orgs";
  readonly to: string;
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly shortcut: string;
  readonly isOnPhone: boolean;
}

export const NAVIGATION: readonly NavigationEntry[] = [
  { key: "overview", to: overviewUrl(), icon: "home", shortcut: "o", isOnPhone: true },
  { key: "plans", to: plansUrl(), icon: "document", shortcut: "p", isOnPhone: true },
  { key: "tasks", to: tasksUrl(), icon: "list", shortcut: "t", isOnPhone: true },
  { key: "metrics", to: metricsUrl(), icon: "gauge", shortcut: "m", isOnPhone: true },
  { key: "orgs", to: orgsUrl(), icon: "tree", shortcut: "r", isOnPhone: false },
];

/** Whether an entry stands for the page at a path. */
export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return entry.to === "/" ? path === "/" : path === entry.to || path.startsWith(`${entry.to}/`);
}

/** Whether a page shows plans, which the server may refuse to the viewer as a whole. */
export function needsPlans(path: string): boolean {
  return NAVIGATION.some((entry) => entry.key !== "orgs" && isCurrent(entry, path));
}
