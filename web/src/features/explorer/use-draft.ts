import { useCallback, useState } from "react";
import { keep, readKept } from "../../states/kept";

const KEY = "duban.graphiql";

/** What is being written. */
export interface Draft {
  readonly query: string;
  readonly variables: string;
}

/** What is being written; it outlives a reload, not the window. */
export function useDraft(first: string) {
  const [draft, setDraft] = useState<Draft>(() => {
    const { query, variables } = readKept<string>(KEY, sessionStorage);
    return { query: query ?? first, variables: variables ?? "" };
  });
  const change = useCallback((part: Partial<Draft>): void => {
    setDraft((before) => {
      const next = { ...before, ...part };
      keep(KEY, { ...next }, sessionStorage);
      return next;
    });
  }, []);
  return { draft, change };
}
