import { useCallback } from "react";
import { useQuery, type CombinedError } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import type { Draft } from "./draft-context";
import {
  DraftClausesQuery,
  DraftDepartmentsQuery,
  DraftHeadQuery,
  DraftTasksQuery,
} from "./queries";

/** Where loading a draft stands. */
export type DraftData =
  | { readonly kind: "loading" }
  | { readonly kind: "absent" }
  | { readonly kind: "failed"; readonly error: CombinedError; readonly reload: () => void }
  | { readonly kind: "ready"; readonly draft: Draft };

const NO_VARIABLES = {};
const tasksOf = (data: ResultOf<typeof DraftTasksQuery>) => data.plan?.tasks;
const clausesOf = (data: ResultOf<typeof DraftClausesQuery>) => data.plan?.clauses;
const departmentsOf = (data: ResultOf<typeof DraftDepartmentsQuery>) => data.departments;

/** Reads the draft of that code, its sentences and the register. */
export function useDraftData(code: string): DraftData {
  const [head, readHead] = useQuery({
    query: DraftHeadQuery,
    variables: { code },
    requestPolicy: "cache-and-network",
  });
  const tasks = useAllPages(DraftTasksQuery, { code }, tasksOf);
  const clauses = useAllPages(DraftClausesQuery, { code }, clausesOf);
  const departments = useAllPages(DraftDepartmentsQuery, NO_VARIABLES, departmentsOf);

  const reloadTasks = tasks.reload;
  const reload = useCallback(() => {
    readHead({ requestPolicy: "network-only" });
    reloadTasks();
  }, [readHead, reloadTasks]);

  const plan = head.data?.plan;
  const error = head.error ?? tasks.error ?? clauses.error;
  if (plan == null) {
    if (error !== undefined) return { kind: "failed", error, reload };
    return head.fetching || head.data === undefined ? { kind: "loading" } : { kind: "absent" };
  }
  return {
    kind: "ready",
    draft: {
      plan,
      tasks: tasks.nodes,
      clauses: clauses.nodes,
      departments: departments.nodes,
      isComplete: tasks.isComplete && clauses.isComplete,
      reload,
    },
  };
}
