import { useCallback } from "react";
import { useMutation, type TypedDocumentNode } from "urql";
import type { RefusedFieldData } from "./fragments";
import { outcomeOf, type Outcome } from "./outcome";

/** Runs a mutation of one `input` and says how it ended. `pick` must be a constant function. */
export function useAct<Data, Input>(
  document: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => { readonly userErrors: readonly RefusedFieldData[] },
): (input: Input) => Promise<Outcome> {
  const [, execute] = useMutation(document);
  return useCallback(
    async (input: Input) => outcomeOf(await execute({ input }), pick),
    [execute, pick],
  );
}
