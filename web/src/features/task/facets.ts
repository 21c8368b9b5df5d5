import { formatList } from "../../i18n/format";
import type { ResultOf } from "../../graphql/graphql";
import type { Translate } from "../../i18n/messages";
import type { TaskFacetsQuery, TaskRow } from "./queries";
import { LIGHTS } from "../../ui/light";
import { facetCounts, TASK_STATES, type TaskListView } from "./list";
import { sectionTitle } from "./section-title";

/** A value to choose, with its words. */
export interface FacetOption {
  readonly value: string;
  readonly label: string;
}

/** A filter that holds, to be shown and taken off. */
export interface ActiveFilter {
  /** Its parameter in the address. */
  readonly name: "text" | "kind" | "section" | "department" | "role" | "light" | "state" | "metric";
  /** What is filtered, and by what. */
  readonly label: string;
  readonly value: string;
}

/** What the filters of the list offer, with counts, and which of them hold. */
export interface TaskFacets {
  readonly kinds: readonly FacetOption[];
  readonly sections: readonly FacetOption[];
  readonly departments: readonly FacetOption[];
  readonly states: readonly FacetOption[];
  readonly lights: readonly FacetOption[];
  readonly active: readonly ActiveFilter[];
}

const KINDS = [
  "WORK_POINT",
  "KEY_TASK",
  "SUB_TASK",
  "MEETING",
  "INSTRUCTION",
  "SUPERIOR",
  "PROPOSAL",
  "INSPECTION",
] as const;

type Facets = ResultOf<typeof TaskFacetsQuery>["plan"];

/** Words what can be chosen from the rows at hand and from the plan. */
export function taskFacets(
  rows: readonly TaskRow[],
  plan: Facets | undefined,
  view: TaskListView,
  [t, words]: readonly [Translate<"tasks">, Translate<"domain">],
): TaskFacets {
  const counted = (name: string, count: number): string => t("filter.option", { name, count });
  const ofKind = facetCounts(rows, view, "kinds");
  const ofSection = facetCounts(rows, view, "section");
  const ofState = facetCounts(rows, view, "states");
  const ofLight = facetCounts(rows, view, "lights");
  const pressing = (ofLight.get("RED") ?? 0) + (ofLight.get("YELLOW") ?? 0);
  const all = [...ofKind.values()].reduce((sum, count) => sum + count, 0);
  const sections = plan?.sections.edges.map((edge) => edge.node) ?? [];
  const byDepartment = plan?.overview.byDepartment ?? [];
  const known: Omit<TaskFacets, "active"> = {
    kinds: [
      { value: "", label: t("kind.count", { name: t("kind.all"), count: all }) },
      ...KINDS.filter((kind) => ofKind.has(kind) || view.kinds?.includes(kind) === true).map(
        (kind) => ({
          value: kind as string,
          label: t("kind.count", { name: words(`kind.${kind}`), count: ofKind.get(kind) ?? 0 }),
        }),
      ),
    ],
    sections: [
      { value: "", label: t("filter.section.any") },
      ...sections.map((one) => ({
        value: one.id,
        label: counted(sectionTitle(one), ofSection.get(one.id) ?? 0),
      })),
    ],
    departments: [
      { value: "", label: t("filter.department.any") },
      ...byDepartment.map(({ department, leadCount, supportCount }) => ({
        value: department.code,
        label: counted(department.shortName, leadCount + supportCount),
      })),
    ],
    lights: [
      { value: "", label: t("filter.light.any") },
      { value: "RED,YELLOW", label: counted(t("filter.light.pressing"), pressing) },
      ...LIGHTS.filter((one) => ofLight.has(one)).map((one) => ({
        value: one as string,
        label: counted(words(`light.${one}`), ofLight.get(one) ?? 0),
      })),
    ],
    states: [
      { value: "", label: t("filter.state.any") },
      ...TASK_STATES.filter((state) => ofState.has(state)).map((state) => ({
        value: state as string,
        label: counted(words(`state.${state}`), ofState.get(state) ?? 0),
      })),
    ],
  };
  const states = withChosen(known.states, view.states, (state) => stateWord(state, words));
  const kinds = withChosen(known.kinds, view.kinds, (kind) => kindWord(kind, words));
  const lights = withChosen(known.lights, view.lights, (light) => lightWord(light, words));
  return { ...known, states, kinds, lights, active: activeFilters(view, plan, [t, words]) };
}

function lightWord(value: string, words: Translate<"domain">): string {
  const light = LIGHTS.find((one) => one === value);
  return light === undefined ? value : words(`light.${light}`);
}

function stateWord(value: string, words: Translate<"domain">): string {
  const state = TASK_STATES.find((one) => one === value);
  return state === undefined ? value : words(`state.${state}`);
}

function kindWord(value: string, words: Translate<"domain">): string {
  const kind = KINDS.find((one) => one === value);
  return kind === undefined ? value : words(`kind.${kind}`);
}

/** Adds what the address names (several values, or one that no row has) to what can be chosen. */
function withChosen(
  options: readonly FacetOption[],
  chosen: readonly string[] | undefined,
  word: (value: string) => string,
): readonly FacetOption[] {
  const value = chosen?.join(",") ?? "";
  if (chosen === undefined || options.some((option) => option.value === value)) return options;
  return [...options, { value, label: formatList(chosen.map(word)) }];
}

function activeFilters(
  view: TaskListView,
  plan: Facets | undefined,
  [t, words]: readonly [Translate<"tasks">, Translate<"domain">],
): readonly ActiveFilter[] {
  const section = plan?.sections.edges.find((edge) => edge.node.id === view.section)?.node;
  const department = plan?.overview.byDepartment.find(
    (one) => one.department.code === view.department,
  )?.department;
  const listed: readonly (ActiveFilter | false)[] = [
    view.text !== "" && { name: "text", label: t("filter.words"), value: view.text },
    view.section !== undefined && {
      name: "section",
      label: t("filter.section"),
      value: section === undefined ? view.section : sectionTitle(section),
    },
    view.department !== undefined && {
      name: "department",
      label: t("filter.department"),
      value: department?.shortName ?? view.department,
    },
    view.department !== undefined &&
      view.role !== undefined && {
        name: "role",
        label: t("filter.role"),
        value: t(`filter.role.${view.role}`),
      },
    view.lights !== undefined && {
      name: "light",
      label: t("filter.light"),
      value: formatList(view.lights.map((light) => lightWord(light, words))),
    },
    view.states !== undefined && {
      name: "state",
      label: t("filter.state"),
      value: formatList(view.states.map((state) => stateWord(state, words))),
    },
    view.metric !== undefined && {
      name: "metric",
      label: t("filter.metric"),
      value: t(`filter.metric.${view.metric}`),
    },
  ];
  return listed.filter((one) => one !== false);
}
