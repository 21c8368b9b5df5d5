import { useCallback, useState } from "react";
import type { RefusedFieldData } from "../graphql/refused-field";
import type { Outcome } from "../graphql/outcome";

/** Where a form stands between typing and being stored. */
export type EditStatus = "idle" | "saving" | "saved" | "conflict" | "refused" | "failed";

/** A form over a stored object: what is typed stays until it is stored. */
export interface Edit<Values extends object> {
  /** Stored values with what was typed over them. */
  readonly values: Values;
  /** What was typed and is not stored yet. */
  readonly typed: Partial<Values>;
  readonly isDirty: boolean;
  readonly status: EditStatus;
  readonly errors: readonly RefusedFieldData[];
  readonly requestId: string | null;
  readonly set: (patch: Partial<Values>) => void;
  /** Stores what was typed and `patch`; resolves to whether it is stored. */
  readonly save: (patch?: Partial<Values>) => Promise<boolean>;
  /** Forgets what was typed. */
  readonly reset: () => void;
}

interface State<Values> {
  readonly typed: Partial<Values>;
  readonly status: EditStatus;
  readonly errors: readonly RefusedFieldData[];
  readonly requestId: string | null;
}

/**
 * Holds what is typed over `stored`. A refusal, a failure or a conflict keeps every typed value;
 * on a conflict `reload` brings the newest stored values and version, so that saving again works.
 */
export function useEdit<Values extends object>(
  stored: Values,
  commit: (changed: Partial<Values>) => Promise<Outcome>,
  reload: () => void,
): Edit<Values> {
  const [state, setState] = useState<State<Values>>(EMPTY);
  const { typed } = state;

  const set = useCallback((patch: Partial<Values>) => {
    setState((known) => ({ ...known, typed: { ...known.typed, ...patch }, status: "idle" }));
  }, []);
  const reset = useCallback(() => {
    setState(EMPTY);
  }, []);

  const save = async (patch: Partial<Values> = {}): Promise<boolean> => {
    const all = { ...typed, ...patch };
    const changed = changes(stored, all);
    if (Object.keys(changed).length === 0) {
      setState(EMPTY);
      return true;
    }
    setState({ typed: all, status: "saving", errors: [], requestId: null });
    const outcome = await commit(changed);
    setState(stateAfter(all, outcome));
    if (outcome.kind === "conflict") reload();
    return outcome.kind === "done";
  };

  const isDirty = Object.keys(changes(stored, typed)).length > 0;
  return { ...state, values: { ...stored, ...typed }, isDirty, set, save, reset };
}

const EMPTY = { typed: {}, status: "idle", errors: [], requestId: null } as const;

/** The state after an answer; exported for its test. */
export function stateAfter<Values>(typed: Partial<Values>, outcome: Outcome): State<Values> {
  switch (outcome.kind) {
    case "done":
      return { typed: {}, status: "saved", errors: [], requestId: null };
    case "conflict":
      return { typed, status: "conflict", errors: [], requestId: null };
    case "refused":
      return { typed, status: "refused", errors: outcome.errors, requestId: null };
    case "failed":
      return { typed, status: "failed", errors: [], requestId: outcome.requestId };
  }
}

/** The typed values that differ from the stored ones. */
export function changes<Values extends object>(
  stored: Values,
  typed: Partial<Values>,
): Partial<Values> {
  const differing = Object.entries(typed).filter(
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(stored[field as keyof Values]),
  );
  return Object.fromEntries(differing) as Partial<Values>;
}
