import { useState } from "react";
import { messageFor, type Outcome, otherMessages } from "../../graphql/outcome";

/** A form that is sent once and then done with. */
export interface Form {
  readonly isPending: boolean;
  readonly hasFailed: boolean;
  readonly errorOf: (field: string) => string | undefined;
  /** Messages that belong to none of these fields. */
  readonly others: (fields: readonly string[]) => readonly string[];
  readonly submit: () => Promise<void>;
}

/** Holds how sending stands; what was typed is the caller's and stays. */
export function useForm<Answer>(
  send: () => Promise<Outcome<Answer>>,
  onDone: (answer: Answer | undefined) => void,
): Form {
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  const submit = async (): Promise<void> => {
    if (isPending) return;
    setPending(true);
    const ended = await send();
    setPending(false);
    setOutcome(ended);
    if (ended.kind === "done") onDone(ended.payload);
  };
  return {
    isPending,
    hasFailed: outcome?.kind === "failed",
    errorOf: (field) => messageFor(errors, field),
    others: (fields) =>
      outcome?.kind === "conflict" ? [outcome.message] : otherMessages(errors, fields),
    submit,
  };
}
