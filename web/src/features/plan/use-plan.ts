import { useCallback, useMemo } from "react";
import { useQuery, type CombinedError } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useAsOfDay } from "../../ui/as-of";
import type { LightColour } from "../../ui/light";
import {
  documentBlocks,
  documentOutline,
  openingClauses,
  type Block,
  type OutlineEntry,
} from "./document";
import { blockMarks, type Mark, withFigures } from "./marks";
import {
  PlanClausesQuery,
  PlanFiguresQuery,
  PlanHeadQuery,
  PlanTasksQuery,
  type PlanClause,
  type PlanFigures,
  type PlanHead,
  type PlanMetric,
  type PlanTask,
} from "./queries";

/** A plan ready to be read. */
export interface ReadPlan {
  readonly head: PlanHead;
  readonly blocks: readonly Block<PlanClause>[];
  readonly outline: readonly OutlineEntry[];
  readonly marks: ReadonlyMap<number, readonly Mark<PlanTask, PlanMetric>[]>;
  /** The light of each task, by id. */
  readonly lights: ReadonlyMap<string, LightColour>;
  /** False while pages of sentences are on their way. */
  readonly isComplete: boolean;
}

/** Where loading a plan stands. */
export type PlanData =
  | { readonly kind: "loading" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly error: CombinedError; readonly reload: () => void }
  | { readonly kind: "ready"; readonly plan: ReadPlan };

const clausesOf = (data: ResultOf<typeof PlanClausesQuery>) => data.plan?.clauses;
const tasksOf = (data: ResultOf<typeof PlanTasksQuery>) => data.plan?.tasks;

/** Reads the plan of that code with its sentences and tasks. */
export function usePlan(code: string): PlanData {
  const [{ data, error: headError, fetching }, readHead] = useQuery({
    query: PlanHeadQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const clauses = useAllPages(PlanClausesQuery, { code }, clausesOf);
  const tasks = useAllPages(PlanTasksQuery, { code }, tasksOf);
  const head = data?.plan;

  const source = head?.sourceText;
  const documentNumber = head?.documentNumber ?? null;
  const text = useMemo(() => {
    const blocks =
      source === undefined ? [] : documentBlocks(clauses.nodes, source, documentNumber);
    return { blocks, outline: documentOutline(blocks), opening: openingClauses(blocks) };
  }, [clauses.nodes, source, documentNumber]);
  const figures = useFigures(head?.code);
  const marks = useMemo(
    () => withFigures(blockMarks(text.blocks, tasks.nodes, text.opening), figures),
    [text, tasks.nodes, figures],
  );

  const lights = useMemo(
    () => new Map(tasks.nodes.map((task) => [task.id, task.light.colour])),
    [tasks.nodes],
  );

  const { reload: reloadClauses } = clauses;
  const { reload: reloadTasks } = tasks;
  const reload = useCallback(() => {
    readHead({ requestPolicy: "network-only" });
    reloadClauses();
    reloadTasks();
  }, [readHead, reloadClauses, reloadTasks]);

  const error = headError ?? clauses.error ?? tasks.error;
  if (head == null || text.blocks.length === 0) {
    if (error !== undefined) return { kind: "failed", error, reload };
    if (head === null && !fetching) return { kind: "absent" };
    if (head == null || !clauses.isComplete) return { kind: "loading" };
  }
  return {
    kind: "ready",
    plan: {
      head,
      blocks: text.blocks,
      outline: text.outline,
      marks,
      lights,
      isComplete: clauses.isComplete && tasks.isComplete,
    },
  };
}

/**
 * What is attained of the metrics of a plan that is there, by their ids; nothing on an earlier day, of which
 * it is not known.
 */
function useFigures(code: string | undefined): ReadonlyMap<string, PlanFigures> {
  const day = useAsOfDay();
  const [{ data }] = useQuery({
    query: PlanFiguresQuery,
    variables: { plan: code ?? "" },
    requestPolicy: "cache-and-network",
    pause: day !== null || code === undefined,
  });
  return useMemo(() => {
    const known = new Map<string, PlanFigures>();
    for (const { node } of data?.metrics.edges ?? []) {
      if (node.figures !== null) known.set(node.id, node.figures);
    }
    return known;
  }, [data]);
}
