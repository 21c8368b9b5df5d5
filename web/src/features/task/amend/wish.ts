import type { AmendedFieldsData, AmendedValueData } from "../../../graphql/amended-values";
import type { VariablesOf } from "../../../graphql/graphql";
import type { ProposeAmendment, TaskAmendmentsData } from "./queries";

type Input = VariablesOf<typeof ProposeAmendment>["input"];
type Change = AmendedFieldsData["changes"][number];
export type MetricData = TaskAmendmentsData["metrics"]["edges"][number]["node"];

/** A target as it is to be. */
export interface TargetWish {
  readonly comparator: MetricData["comparator"];
  readonly value: string;
  readonly isEvidenceAsked: boolean;
}

/** A milestone as it is to be; one without an id is new. */
export interface StepWish {
  readonly key: string;
  readonly id: string | null;
  readonly title: string;
  readonly dueOn: string;
}

/** What somebody wants a task to be. */
export interface AmendmentWish {
  readonly title: string;
  readonly text: string;
  readonly deadline: string;
  readonly lead: string | null;
  readonly support: readonly string[];
  /** By the id of the metric. */
  readonly targets: ReadonlyMap<string, TargetWish>;
  readonly steps: readonly StepWish[];
}

const nodes = <Node>(list: { readonly edges: readonly { readonly node: Node }[] }) =>
  list.edges.map((edge) => edge.node);

/** The metrics of a task whose targets may change. */
export function metricsOf(task: TaskAmendmentsData): readonly MetricData[] {
  return nodes(task.metrics);
}

/** The task as it stands: where every wish begins. */
export function wishOf(task: TaskAmendmentsData): AmendmentWish {
  const assigned = nodes(task.assignments);
  const steps = nodes(task.milestones).filter((one) => one.state === "OPEN");
  return {
    title: task.title,
    text: task.text,
    deadline: task.deadline ?? "",
    lead: assigned.find((one) => one.role === "LEAD")?.department.id ?? null,
    support: assigned.filter((one) => one.role === "SUPPORT").map((one) => one.department.id),
    targets: new Map(
      nodes(task.metrics).map(({ id, comparator, value, isEvidenceAsked }) => [
        id,
        { comparator, value: value ?? "", isEvidenceAsked },
      ]),
    ),
    steps: steps.map(({ id, title, dueOn }) => ({ key: id, id, title, dueOn: dueOn ?? "" })),
  };
}

function changedTargets(task: TaskAmendmentsData, wish: AmendmentWish) {
  return nodes(task.metrics).flatMap((metric) => {
    const wanted = wish.targets.get(metric.id);
    if (wanted === undefined || wanted.value === "") return [];
    const isSame =
      wanted.comparator === metric.comparator &&
      wanted.value === metric.value &&
      wanted.isEvidenceAsked === metric.isEvidenceAsked;
    return isSame ? [] : [{ metric, wanted }];
  });
}

function changedSteps(task: TaskAmendmentsData, wish: AmendmentWish) {
  const before = nodes(task.milestones);
  return wish.steps.flatMap((wanted) => {
    const old = before.find((one) => one.id === wanted.id) ?? null;
    const isSame =
      old === null
        ? wanted.title.trim() === ""
        : old.title === wanted.title && (old.dueOn ?? "") === wanted.dueOn;
    return isSame ? [] : [{ old, wanted }];
  });
}

function hasOtherDepartments(task: TaskAmendmentsData, wish: AmendmentWish): boolean {
  const now = wishOf(task);
  return wish.lead !== now.lead || wish.support.join() !== now.support.join();
}

/** What is sent: only what the wish changes. */
export function inputOf(
  task: TaskAmendmentsData,
  wish: AmendmentWish,
  reason: string,
): Omit<Input, "idempotencyKey"> {
  const targets = changedTargets(task, wish);
  const steps = changedSteps(task, wish);
  return {
    taskId: task.id,
    expectedVersion: task.version,
    reason,
    ...(wish.title !== task.title && { title: wish.title }),
    ...(wish.text !== task.text && { text: wish.text }),
    ...(wish.deadline !== "" && wish.deadline !== task.deadline && { deadline: wish.deadline }),
    ...(wish.lead !== null &&
      hasOtherDepartments(task, wish) && { lead: wish.lead, support: [...wish.support] }),
    ...(targets.length > 0 && {
      targets: targets.map(({ metric, wanted }) => ({ metricId: metric.id, ...wanted })),
    }),
    ...(steps.length > 0 && {
      milestones: steps.map(({ old, wanted }) => ({
        milestoneId: old?.id ?? null,
        title: wanted.title,
        ...(wanted.dueOn === "" ? { clearDueOn: true } : { dueOn: wanted.dueOn }),
      })),
    }),
  };
}

const NOTHING: AmendedValueData = {
  text: null,
  date: null,
  comparator: null,
  value: null,
  isEvidenceAsked: null,
  lead: null,
  support: [],
};

/** Old → new of everything that the wish changes, in the order of the server. */
export function changesOf(
  task: TaskAmendmentsData,
  wish: AmendmentWish,
  nameOf: (department: string) => string,
): readonly Change[] {
  const plain = (field: Change["field"], old: AmendedValueData | null, next: AmendedValueData) => ({
    field,
    metric: null,
    old,
    new: next,
  });
  const words = (text: string) => ({ ...NOTHING, text });
  const day = (date: string) => ({ ...NOTHING, date });
  const who = ({ lead, support }: AmendmentWish): AmendedValueData => ({
    ...NOTHING,
    lead: lead === null ? null : { id: lead, shortName: nameOf(lead) },
    support: support.map((id) => ({ id, shortName: nameOf(id) })),
  });
  const changes: Change[] = [];
  if (wish.title !== task.title) changes.push(plain("TITLE", words(task.title), words(wish.title)));
  if (wish.text !== task.text) changes.push(plain("TEXT", words(task.text), words(wish.text)));
  if (wish.deadline !== "" && wish.deadline !== task.deadline) {
    const old = task.deadline === null ? null : day(task.deadline);
    changes.push(plain("DEADLINE", old, day(wish.deadline)));
  }
  if (wish.lead !== null && hasOtherDepartments(task, wish)) {
    const now = wishOf(task);
    changes.push(plain("DEPARTMENTS", now.lead === null ? null : who(now), who(wish)));
  }
  for (const { metric, wanted } of changedTargets(task, wish)) {
    const { id, code, comparator, value, isEvidenceAsked } = metric;
    changes.push({
      field: "TARGET",
      metric: { id, code },
      old: { ...NOTHING, comparator, value, isEvidenceAsked },
      new: { ...NOTHING, ...wanted },
    });
  }
  for (const { old, wanted } of changedSteps(task, wish)) {
    const before = old === null ? null : { ...NOTHING, text: old.title, date: old.dueOn };
    const date = wanted.dueOn === "" ? null : wanted.dueOn;
    changes.push(plain("MILESTONE", before, { ...NOTHING, text: wanted.title, date }));
  }
  return changes;
}
