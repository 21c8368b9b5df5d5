import { useState } from "react";
import { messageFor, type Outcome } from "../../graphql/outcome";
import type { RefusedFieldData } from "../../graphql/refused-field";

/** Sends a decision once at a time and keeps what the server says of its fields. */
export function useForm(onDecided: (outcome: Outcome, words: string) => void) {
  const [isBusy, setIsBusy] = useState(false);
  const [errors, setErrors] = useState<readonly RefusedFieldData[]>([]);
  const send = async (sending: Promise<Outcome>, words: string): Promise<void> => {
    setIsBusy(true);
    const outcome = await sending;
    setIsBusy(false);
    setErrors(outcome.kind === "refused" ? outcome.errors : []);
    onDecided(outcome, words);
  };
  return { isBusy, send, error: (field: string) => messageFor(errors, field) };
}
