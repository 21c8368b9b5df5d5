import { useCallback, useRef } from "react";
import { type TypedDocumentNode, useMutation } from "urql";
import { outcomeOf, type Outcome, type Payload } from "./outcome";
import { askForProof, type Proof } from "./proof";

/**
 * Runs a mutation of one `input` and says how it ended. `pick` must be a constant function. Where
 * the server wants a proof of who one is, it is asked for, and the same is sent again.
 */
export function useAct<Data, Input, Answer extends Payload>(
  document: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => Answer,
): (input: Input) => Promise<Outcome<Answer>> {
  const [, execute] = useMutation(document);
  return useCallback(
    async (input: Input) => {
      let outcome = outcomeOf(await execute({ input }), pick);
      // An act may need both, one after the other; each is asked for once.
      for (const proof of PROOFS) {
        if (!needs(outcome, proof)) continue;
        if (!(await askForProof(proof))) return outcome;
        outcome = outcomeOf(await execute({ input }), pick);
      }
      return outcome;
    },
    [execute, pick],
  );
}

const PROOFS = ["password", "code"] as const;

const CODES: Readonly<Record<Proof, string>> = {
  password: "REAUTHENTICATION_REQUIRED",
  code: "SECOND_FACTOR_PROOF_REQUIRED",
};

function needs(outcome: Outcome, proof: Proof): boolean {
  return outcome.kind === "refused" && outcome.errors.some((error) => error.code === CODES[proof]);
}

/**
 * As `useAct`, with an idempotency key: when nothing came back, the same input sent again carries
 * the same key, so that what the server did the first time is not done twice.
 */
export function useKeyedAct<
  Data,
  Input extends { readonly idempotencyKey?: string | null | undefined },
  Answer extends Payload,
>(
  document: TypedDocumentNode<Data, { input: Input }>,
  pick: (data: Data) => Answer,
): (input: Omit<Input, "idempotencyKey">) => Promise<Outcome<Answer>> {
  const act = useAct(document, pick);
  const open = useRef<{ readonly input: string; readonly key: string }>(null);
  return useCallback(
    async (input) => {
      const text = JSON.stringify(input);
      const attempt =
        open.current?.input === text ? open.current : { input: text, key: freshKey() };
      open.current = attempt;
      const outcome = await act({ ...input, idempotencyKey: attempt.key } as Input);
      if (outcome.kind !== "failed") open.current = null;
      return outcome;
    },
    [act],
  );
}

/** 128 random bits; `crypto.randomUUID` is missing where the page came over plain HTTP. */
function freshKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
