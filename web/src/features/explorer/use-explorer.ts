import { useState } from "react";
import { chosenOf, operationsOf, variablesOf } from "./operations";
import { useDraft } from "./use-draft";
import { useRun } from "./use-run";
import { useSchema } from "./use-schema";

/** Why nothing was sent, by its words in the area `integrations`. */
type Refused = "gql.invalid" | "gql.variables.invalid" | "gql.readOnly";

export type ExplorerState = ReturnType<typeof useExplorer>;

/** What is written, what of it is run, and what came of it; `first` stands in an empty editor. */
export function useExplorer(first: string) {
  const { draft, change } = useDraft(first);
  const [name, choose] = useState("");
  const [mayWrite, setMayWrite] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const [shown, show] = useState<string | null>(null);
  const { run, start, stop } = useRun();
  const { state: known, again } = useSchema();
  const { operations, error } = operationsOf(draft.query);
  const operation = chosenOf(operations, name);

  const allowWriting = (isAllowed: boolean): void => {
    setMayWrite(isAllowed);
    setRefused(null);
  };
  const send = (): void => {
    const variables = variablesOf(draft.variables);
    if (operation === null) setRefused("gql.invalid");
    else if (variables === null) setRefused("gql.variables.invalid");
    else if (operation.kind === "mutation" && !mayWrite) setRefused("gql.readOnly");
    else {
      setRefused(null);
      const operationName = operation.name === "" ? undefined : operation.name;
      void start({ query: draft.query, operationName, variables }, operation);
    }
  };
  return {
    draft,
    change,
    operations,
    operation,
    error,
    choose,
    mayWrite,
    allowWriting,
    refused,
    run,
    isRunning: run.kind === "asking" || run.kind === "following",
    send,
    stop,
    known,
    again,
    shown,
    show,
  };
}
