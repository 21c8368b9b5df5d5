/** Search parameters of an address; empty values are left out. */
export type Search = Readonly<Record<string, string | undefined>>;

function withSearch(path: string, search: Search = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value !== undefined && value !== "") parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === "" ? path : `${path}?${text}`;
}

const part = encodeURIComponent;

/** 驾驶舱. */
export function overviewUrl(planCode?: string): string {
  return withSearch("/", { plan: planCode });
}

/** Sign-in, then on to the address asked for. */
export function signInUrl(to?: string): string {
  return withSearch("/sign-in", { to });
}

/** List of plans. */
export function plansUrl(): string {
  return "/plans";
}

/** 要点原文 of a plan, optionally at a clause, section or task (`#…`). */
export function planUrl(code: string, anchor?: string): string {
  const path = `/plans/${part(code)}`;
  return anchor === undefined ? path : `${path}#${part(anchor)}`;
}

/** 审计, the audit trail. */
export function auditUrl(): string {
  return "/audit";
}

/** First step of the import. */
export function importUrl(): string {
  return "/plans/import";
}

/** Mending of a draft; `step` is one of its views. */
export function draftUrl(code: string, step?: string): string {
  return withSearch(`/plans/${part(code)}/draft`, { step });
}

/** The table from which the tasks of a plan are handed out. */
export function handOutUrl(code: string): string {
  return `/plans/${part(code)}/hand-out`;
}

/** 其他事项: what no plan holds. */
export function itemsUrl(): string {
  return "/items";
}

/** Filters of the task list; values are codes, lists joined with commas. */
export interface TasksSearch {
  readonly plan?: string | undefined;
  readonly section?: string | undefined;
  readonly kind?: string | undefined;
  readonly state?: string | undefined;
  /** Lights, `RED,YELLOW`. */
  readonly light?: string | undefined;
  readonly department?: string | undefined;
  readonly role?: string | undefined;
  readonly metric?: "yes" | "no" | undefined;
  readonly text?: string | undefined;
  readonly layout?: "board" | "timeline" | undefined;
}

/** Task list under filters. */
export function tasksUrl(search: TasksSearch = {}): string {
  return withSearch("/tasks", { ...search });
}

/** One task by its code, `2025-14`. */
export function taskUrl(code: string): string {
  return `/tasks/${part(code)}`;
}

/** Metrics, optionally of one plan, department or text. */
export function metricsUrl(search: Search = {}): string {
  return withSearch("/metrics", search);
}

/** One metric by its code, `2025-14-M1`. */
export function metricUrl(code: string): string {
  return `/metrics/${part(code)}`;
}

/** Sharing out what a unit carries of a metric; the unit whose plan it is when none is named. */
export function allocationUrl(code: string, unit?: string): string {
  return withSearch(`${metricUrl(code)}/allocation`, { unit });
}

/** 指标矩阵: metrics over units for a month. */
export function matrixUrl(search: Search = {}): string {
  return withSearch("/matrix", search);
}

/** 大屏 for the meeting room. */
export function wallUrl(): string {
  return "/wall";
}

/** The tree of organisations, optionally with one chosen. */
export function orgsUrl(code?: string): string {
  return code === undefined ? "/orgs" : `/orgs/${part(code)}`;
}

/** 月报填报 of a month and department; one's own and the present month when left out. */
export function reportUrl(search: Search = {}): string {
  return withSearch("/report", search);
}

/** 表格填报 of a unit and month, or one file that was taken (`sheet`). */
export function sheetsUrl(search: Search = {}): string {
  return withSearch("/sheets", search);
}

/** A file of the server (`/sheets/form`, `/exports/ledger`), to be downloaded. */
export function fileUrl(path: string, search: Search): string {
  return withSearch(path, search);
}

/** 审核: what waits for one's decision. */
export function reviewUrl(search: Search = {}): string {
  return withSearch("/review", search);
}

/** Supervision notices, optionally in one state. */
export function noticesUrl(search: Search = {}): string {
  return withSearch("/notices", search);
}

/** One notice by its number in addresses, `2025-3`. */
export function noticeUrl(code: string): string {
  return `/notices/${part(code)}`;
}

/** Issuing notices on tasks, by their codes. */
export function issueNoticesUrl(tasks: readonly string[] = []): string {
  return withSearch("/notices/new", { tasks: tasks.join(",") });
}

/** What the person signed in is told. */
export function notificationsUrl(): string {
  return "/notifications";
}

/** 账号与授权. */
export function accountsUrl(): string {
  return "/accounts";
}

/** 集成: service accounts, tokens, examples. */
export function integrationsUrl(): string {
  return "/integrations";
}

/** Settings of the person signed in. */
export function meUrl(): string {
  return "/me";
}

/** 邮件队列. */
export function mailsUrl(): string {
  return "/settings/mails";
}

/** Rules of the lights. */
export function lightRulesUrl(): string {
  return "/settings/light";
}

/** Shortcuts and glossary. */
export function helpUrl(): string {
  return "/help";
}

/** The organisation's own sign-in, outside the client; `isFresh` asks for it anew. */
export function providerUrl(start: string, to: string, isFresh = false): string {
  return withSearch(start, { fresh: isFresh ? "true" : undefined, return_to: to });
}
