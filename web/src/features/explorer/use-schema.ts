import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
} from "graphql";
import { useCallback, useEffect, useState } from "react";
import { ask } from "./run";

/** The schema as the server tells it: on its way, there, or not to be had. */
export type SchemaState =
  | { readonly kind: "reading" }
  | { readonly kind: "known"; readonly schema: GraphQLSchema }
  | { readonly kind: "failed" };

const REQUEST = {
  query: getIntrospectionQuery({ inputValueDeprecation: true }),
  operationName: undefined,
  variables: undefined,
};

async function read(signal: AbortSignal): Promise<GraphQLSchema> {
  const { text } = await ask(REQUEST, signal);
  const { data } = JSON.parse(text) as { data?: IntrospectionQuery | null };
  if (data == null) throw new Error("no schema");
  return buildClientSchema(data);
}

/** Reads the schema once; `again` after it failed. */
export function useSchema(): { readonly state: SchemaState; readonly again: () => void } {
  const [state, setState] = useState<SchemaState>({ kind: "reading" });
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each round reads anew
  useEffect(() => {
    const control = new AbortController();
    read(control.signal).then(
      (schema) => setState({ kind: "known", schema }),
      () => {
        if (!control.signal.aborted) setState({ kind: "failed" });
      },
    );
    return () => control.abort();
  }, [round]);
  const again = useCallback(() => {
    setState({ kind: "reading" });
    setRound((number) => number + 1);
  }, []);
  return { state, again };
}
