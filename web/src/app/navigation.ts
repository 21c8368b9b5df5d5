import type { ViewerData } from "../graphql/session-documents";
import type { Areas } from "../i18n/areas";
import type { IconName } from "../ui/Icon";
import {
  accountsUrl,
  auditUrl,
  integrationsUrl,
  lightRulesUrl,
  mailsUrl,
  matrixUrl,
  metricsUrl,
  noticesUrl,
  orgsUrl,
  overviewUrl,
  plansUrl,
  reportUrl,
  reviewUrl,
  sheetsUrl,
  tasksUrl,
  wallUrl,
} from "../ui/urls";

type ShellKey = keyof Areas["shell"];

/** An entry of the main navigation. */
export interface NavigationEntry {
  /** Its name is the word `nav.<key>` of the area `shell`. */
  readonly key: ShellKey extends infer Key
    ? Key extends `nav.${infer Name}`
      ? Name
      : never
    : never;
  readonly to: string;
  readonly icon: IconName;
  /** Second key after `g`. */
  readonly shortcut: string;
  /**
   * `phone`: in the bar of phones (the first four) and in the header; `bar`: in the header where
   * there is room; `more`: behind 更多. What finds no room is behind 更多 as well, and who sees
   * few entries has them all at hand.
   */
  readonly place: "phone" | "bar" | "more";
  /** Who sees the entry and may open its pages; everybody where missing. */
  readonly isFor?: (viewer: ViewerData) => boolean;
}

const readsAudit = (viewer: ViewerData): boolean => viewer.canReadAudit;
const readsPlans = (viewer: ViewerData): boolean => viewer.canReadPlans;

const holds =
  (...any: readonly string[]) =>
  (viewer: ViewerData): boolean =>
    viewer.permissions.some((one) => any.includes(one));

/** All entries in their order; a page adds one line here and its word in the area `shell`. */
export const NAVIGATION: readonly NavigationEntry[] = [
  {
    key: "overview",
    to: overviewUrl(),
    icon: "home",
    shortcut: "o",
    place: "phone",
    isFor: readsPlans,
  },
  {
    key: "plans",
    to: plansUrl(),
    icon: "document",
    shortcut: "p",
    place: "phone",
    isFor: readsPlans,
  },
  { key: "tasks", to: tasksUrl(), icon: "list", shortcut: "t", place: "phone", isFor: readsPlans },
  {
    key: "report",
    to: reportUrl(),
    icon: "edit",
    shortcut: "b",
    place: "phone",
    isFor: holds("report.write"),
  },
  {
    key: "review",
    to: reviewUrl(),
    icon: "check",
    shortcut: "v",
    place: "phone",
    isFor: holds(
      "report.review",
      "completion.approve",
      "extension.approve",
      "amendment.approve",
      "measurement.verify",
    ),
  },
  {
    key: "metrics",
    to: metricsUrl(),
    icon: "gauge",
    shortcut: "m",
    place: "phone",
    isFor: readsPlans,
  },
  {
    key: "matrix",
    to: matrixUrl(),
    icon: "list",
    shortcut: "x",
    place: "more",
    isFor: readsPlans,
  },
  {
    key: "sheets",
    to: sheetsUrl(),
    icon: "upload",
    shortcut: "s",
    place: "more",
    isFor: holds("measurement.record", "measurement.verify"),
  },
  {
    key: "notices",
    to: noticesUrl(),
    icon: "alert",
    shortcut: "n",
    place: "bar",
    isFor: (viewer) => viewer.canReadNotices,
  },
  { key: "orgs", to: orgsUrl(), icon: "tree", shortcut: "r", place: "bar" },
  {
    key: "lightRules",
    to: lightRulesUrl(),
    icon: "alert",
    shortcut: "l",
    place: "more",
    isFor: readsPlans,
  },
  {
    key: "mails",
    to: mailsUrl(),
    icon: "document",
    shortcut: "e",
    place: "more",
    isFor: holds("mail.read"),
  },
  {
    key: "audit",
    to: auditUrl(),
    icon: "list",
    shortcut: "a",
    place: "bar",
    isFor: readsAudit,
  },
  {
    key: "wall",
    to: wallUrl(),
    icon: "external",
    shortcut: "w",
    place: "more",
    isFor: readsPlans,
  },
  {
    key: "accounts",
    to: accountsUrl(),
    icon: "user",
    shortcut: "u",
    place: "more",
    isFor: (viewer) => viewer.canReadAccounts,
  },
  {
    key: "integrations",
    to: integrationsUrl(),
    icon: "link",
    shortcut: "i",
    place: "more",
    isFor: holds("token.manage", "account.manage"),
  },
];

/** Entries in the bar of phones; the rest is behind 更多. */
const ON_PHONE = 4;

/** The entries that a person sees. */
export function entriesFor(viewer: ViewerData): readonly NavigationEntry[] {
  return NAVIGATION.filter((entry) => entry.isFor?.(viewer) !== false);
}

/** The entries of the phone's bar, and those behind its 更多. */
export function phoneEntries(viewer: ViewerData): {
  readonly bar: readonly NavigationEntry[];
  readonly more: readonly NavigationEntry[];
} {
  const entries = entriesFor(viewer);
  const isFirst = (entry: NavigationEntry): boolean => entry.place === "phone";
  const bar = [...entries.filter(isFirst), ...entries.filter((one) => !isFirst(one))];
  bar.splice(ON_PHONE);
  return { bar, more: entries.filter((entry) => !bar.includes(entry)) };
}

/** Whether an entry stands for the page at a path. */
export function isCurrent(entry: NavigationEntry, path: string): boolean {
  return entry.to === "/" ? path === "/" : path === entry.to || path.startsWith(`${entry.to}/`);
}

/** Whether the server would refuse the page at a path to this person as a whole. */
export function isRefused(path: string, viewer: ViewerData): boolean {
  const entry = NAVIGATION.find((one) => isCurrent(one, path));
  return entry?.isFor?.(viewer) === false;
}
