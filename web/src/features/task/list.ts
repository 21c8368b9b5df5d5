import { LIGHTS, type LightColour } from "../../ui/light";

/** A task as the list needs it. */
export interface TaskListItem {
  readonly id: string;
  readonly code: string;
  readonly kind: string;
  readonly state: string;
  readonly title: string;
  readonly deadline: string | null;
  readonly position: number;
  readonly section: {
    readonly id: string;
    readonly ordinal: string;
    readonly title: string;
    readonly position: number;
    readonly partIndex: number;
  } | null;
  readonly lead: { readonly code: string; readonly shortName: string } | null;
  readonly plan: { readonly code: string } | null;
  readonly metrics: { readonly totalCount: number };
  readonly light: { readonly colour: LightColour };
}

/** What of the address the list can answer from the rows it has; the rest the server answers. */
export interface TaskListFilter {
  readonly section?: string | undefined;
  readonly kinds?: readonly string[] | undefined;
  readonly states?: readonly string[] | undefined;
  readonly lights?: readonly string[] | undefined;
  readonly metric?: "yes" | "no" | undefined;
}

export const TASK_GROUPS = ["none", "light", "section", "department", "state"] as const;
export type TaskGroupBy = (typeof TASK_GROUPS)[number];

export const TASK_LAYOUTS = ["list", "board", "timeline"] as const;
export type TaskLayout = (typeof TASK_LAYOUTS)[number];

export const TASK_SORTS = [
  "position",
  "title",
  "section",
  "lead",
  "light",
  "state",
  "deadline",
] as const;
export type TaskSort = (typeof TASK_SORTS)[number];

/** States in the order of a task's life (product rule 1). */
export const TASK_STATES = [
  "DRAFT",
  "ASSIGNED",
  "DECLINED",
  "IN_PROGRESS",
  "COMPLETION_SUBMITTED",
  "RETURNED",
  "STAGE_COMPLETED",
  "SUSPENDED",
  "REOPENED",
  "COMPLETED",
  "ARCHIVED",
  "CANCELLED",
] as const;

/** Everything that the address says of the list. */
export interface TaskListView extends TaskListFilter {
  /** Code of a plan; the issued one where it is left out. */
  readonly plan?: string | undefined;
  /** Code of a department with the role that it must have; any role where left out. */
  readonly department?: string | undefined;
  readonly role?: "LEAD" | "SUPPORT" | undefined;
  readonly text: string;
  readonly layout: TaskLayout;
  readonly group: TaskGroupBy;
  readonly sort: TaskSort;
  readonly isDescending: boolean;
}

/** Reads the address; what it does not know is as if left out. */
export function taskListView(search: URLSearchParams): TaskListView {
  const of = (name: string) => search.get(name) ?? undefined;
  const listOf = (name: string) =>
    of(name)
      ?.split(",")
      .filter((one) => one !== "");
  return {
    plan: of("plan"),
    section: of("section"),
    kinds: listOf("kind"),
    states: listOf("state"),
    lights: listOf("light"),
    metric: (["yes", "no"] as const).find((one) => one === of("metric")),
    department: of("department"),
    role: (["LEAD", "SUPPORT"] as const).find((one) => one === of("role")),
    text: of("text") ?? "",
    layout: TASK_LAYOUTS.find((one) => one === of("layout")) ?? "list",
    group: TASK_GROUPS.find((one) => one === of("group")) ?? "none",
    sort: TASK_SORTS.find((one) => one === of("sort")) ?? "position",
    isDescending: of("order") === "desc",
  };
}

/** The tasks that pass every filter. */
export function filterTasks<Item extends TaskListItem>(
  items: readonly Item[],
  filter: TaskListFilter,
): Item[] {
  return items.filter(
    (item) =>
      (filter.section === undefined || item.section?.id === filter.section) &&
      (filter.kinds === undefined || filter.kinds.includes(item.kind)) &&
      (filter.states === undefined || filter.states.includes(item.state)) &&
      (filter.lights === undefined || filter.lights.includes(item.light.colour)) &&
      (filter.metric === undefined || item.metrics.totalCount > 0 === (filter.metric === "yes")),
  );
}

type Compare = (a: TaskListItem, b: TaskListItem) => number;

const byPosition: Compare = (a, b) =>
  (b.plan?.code ?? "").localeCompare(a.plan?.code ?? "") || a.position - b.position;

const stateOrder = new Map<string, number>(TASK_STATES.map((state, index) => [state, index]));
const chinese = new Intl.Collator("zh-CN", { numeric: true });

const COMPARES: Readonly<Record<TaskSort, Compare>> = {
  position: byPosition,
  title: (a, b) => chinese.compare(a.title, b.title),
  section: (a, b) => sectionOrder(a) - sectionOrder(b),
  lead: (a, b) => chinese.compare(a.lead?.shortName ?? "", b.lead?.shortName ?? ""),
  light: (a, b) => LIGHTS.indexOf(a.light.colour) - LIGHTS.indexOf(b.light.colour),
  state: (a, b) => (stateOrder.get(a.state) ?? 0) - (stateOrder.get(b.state) ?? 0),
  deadline: (a, b) => (a.deadline ?? "").localeCompare(b.deadline ?? ""),
};

function sectionOrder(item: TaskListItem): number {
  return item.section === null ? Number.MAX_SAFE_INTEGER : item.section.position;
}

const MISSING: Readonly<Partial<Record<TaskSort, (item: TaskListItem) => boolean>>> = {
  section: (item) => item.section === null,
  lead: (item) => item.lead === null,
  deadline: (item) => item.deadline === null,
};

/** Sorted by a column, equal ones in the order of the plan; what is not stated stands last. */
export function sortTasks<Item extends TaskListItem>(
  items: readonly Item[],
  sort: TaskSort,
  isDescending: boolean,
): Item[] {
  const compare = COMPARES[sort];
  const isMissing = MISSING[sort] ?? (() => false);
  return [...items].sort((a, b) => {
    const missing = Number(isMissing(a)) - Number(isMissing(b));
    if (missing !== 0) return missing;
    return (isDescending ? compare(b, a) : compare(a, b)) || byPosition(a, b);
  });
}

/** Tasks that belong together, by what `of` names. */
export interface TaskGroup<Item> {
  readonly key: string;
  /** A task of the group, to word its heading; groups are never empty. */
  readonly of: Item;
  readonly items: readonly Item[];
}

/**
 * Groups in the order of the plan (sections), of a task's life (states), of what presses (lights) or
 * of size (departments).
 */
export function groupTasks<Item extends TaskListItem>(
  items: readonly Item[],
  by: TaskGroupBy,
): TaskGroup<Item>[] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = groupKey(item, by);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [item]);
    else known.push(item);
  }
  const listed = [...groups].flatMap(([key, members]) =>
    members[0] === undefined ? [] : [{ key, of: members[0], items: members }],
  );
  if (by === "state") return listed.sort((a, b) => COMPARES.state(a.of, b.of));
  if (by === "light") return listed.sort((a, b) => COMPARES.light(a.of, b.of));
  if (by === "section") {
    return listed.sort((a, b) => sectionOrder(a.of) - sectionOrder(b.of) || byPosition(a.of, b.of));
  }
  if (by === "department") {
    return listed.sort(
      (a, b) =>
        Number(a.key === "") - Number(b.key === "") ||
        b.items.length - a.items.length ||
        a.key.localeCompare(b.key),
    );
  }
  return listed;
}

function groupKey(item: TaskListItem, by: TaskGroupBy): string {
  if (by === "section") return item.section?.id ?? `kind:${item.kind}`;
  if (by === "department") return item.lead?.code ?? "";
  if (by === "state") return item.state;
  if (by === "light") return item.light.colour;
  return "all";
}

/** How many tasks each value of a facet has, the other filters applied. */
export function facetCounts(
  items: readonly TaskListItem[],
  filter: TaskListFilter,
  facet: "section" | "kinds" | "states" | "lights",
): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of filterTasks(items, { ...filter, [facet]: undefined })) {
    const value = {
      section: item.section?.id,
      kinds: item.kind,
      states: item.state,
      lights: item.light.colour,
    }[facet];
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
