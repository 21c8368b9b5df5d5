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
  /** The stored values of the typed fields when their typing began. */
  readonly base: Partial<Values>;
  readonly status: EditStatus;
  readonly errors: readonly RefusedFieldData[];
  readonly requestId: string | null;
}

/**
 * Holds what is typed over `stored`. A refusal, a failure or a conflict keeps every typed value;
 * on a conflict `reload` brings the newest stored values and version, so that saving again works.
 * A field that was stored anew since its typing began is a conflict too, and nothing is sent: the
 * version that came with the new value would let the older one be written over it unseen.
 */
export function useEdit<Values extends object>(
  stored: Values,
  commit: (changed: Partial<Values>) => Promise<Outcome>,
  reload: () => void,
): Edit<Values> {
  const [state, setState] = useState<State<Values>>(EMPTY);
  const { typed } = state;

  const set = useCallback(
    (patch: Partial<Values>) => {
      setState((known) => ({
        ...known,
        typed: { ...known.typed, ...patch },
        // What is typed after a conflict is typed in sight of what is stored now.
        base:
          known.status === "conflict"
            ? baseWith({}, { ...known.typed, ...patch }, stored)
            : baseWith(known.base, patch, stored),
        status: "idle",
      }));
    },
    [stored],
  );
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
    const base = baseWith(state.base, patch, stored);
    if (state.status !== "conflict" && isOvertaken(base, changed, stored)) {
      setState(stateAfter(all, { kind: "conflict", message: "" }, base));
      reload();
      return false;
    }
    setState({ typed: all, base, status: "saving", errors: [], requestId: null });
    const outcome = await commit(changed);
    setState(stateAfter(all, outcome, base));
    if (outcome.kind === "conflict") reload();
    return outcome.kind === "done";
  };

  const isDirty = Object.keys(changes(stored, typed)).length > 0;
  return { ...state, values: { ...stored, ...typed }, isDirty, set, save, reset };
}

const EMPTY = { typed: {}, base: {}, status: "idle", errors: [], requestId: null } as const;

/** The state after an answer; exported for its test. */
export function stateAfter<Values>(
  typed: Partial<Values>,
  outcome: Outcome,
  base: Partial<Values> = {},
): State<Values> {
  switch (outcome.kind) {
    case "done":
      return { ...EMPTY, status: "saved" };
    case "conflict":
      return { typed, base, status: "conflict", errors: [], requestId: null };
    case "refused":
      return { typed, base, status: "refused", errors: outcome.errors, requestId: null };
    case "failed":
      return { typed, base, status: "failed", errors: [], requestId: outcome.requestId };
  }
}

/** `base` with the stored values of fields whose typing begins with `patch`. */
export function baseWith<Values extends object>(
  base: Partial<Values>,
  patch: Partial<Values>,
  stored: Values,
): Partial<Values> {
  const fields = Object.keys(patch) as (keyof Values)[];
  const begun = Object.fromEntries(fields.map((field) => [field, stored[field]]));
  return { ...(begun as Partial<Values>), ...base };
}

/** Whether a changed field is stored otherwise than when its typing began. */
export function isOvertaken<Values extends object>(
  base: Partial<Values>,
  changed: Partial<Values>,
  stored: Values,
): boolean {
  const moved = changes(stored, base);
  return Object.keys(changed).some((field) => field in moved);
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
