import { useState } from "react";
import { messageFor, otherMessages, type Outcome, type Payload } from "../../../graphql/outcome";
import { showToast } from "../../../ui/Toast";
import type { ActForm } from "../acts/use-act-form";

interface MatterFormOptions<Answer extends Payload> {
  /** What is said when it is done. */
  readonly done: string;
  /** Sends it. */
  readonly send: () => Promise<Outcome<Answer>>;
  /** Reads the task again, after somebody was faster. */
  readonly reload: () => void;
  readonly onDone: () => void;
}

/** Sends what a dialog says once at a time and tells how it ended. */
export function useMatterForm<Answer extends Payload>({
  done,
  send,
  reload,
  onDone,
}: MatterFormOptions<Answer>): ActForm {
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  const submit = async (): Promise<void> => {
    if (isPending) return;
    setPending(true);
    const ended = await send();
    setPending(false);
    setOutcome(ended);
    if (ended.kind === "conflict") reload();
    if (ended.kind !== "done") return;
    showToast({ message: done });
    reload();
    onDone();
  };
  return {
    isPending,
    outcome,
    errorOf: (field) => messageFor(errors, field),
    others: (fields) => otherMessages(errors, fields),
    submit,
  };
}
