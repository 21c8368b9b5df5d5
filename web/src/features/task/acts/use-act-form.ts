import { useState } from "react";
import { messageFor, otherMessages, type Outcome, type Payload } from "../../../graphql/outcome";
import { useMessages } from "../../../i18n/messages";
import { showToast } from "../../../ui/Toast";
import type { ActName } from "./acts";

/** A dialog between opening and being done; what is typed stays through a refusal or a failure. */
export interface ActForm {
  readonly isPending: boolean;
  readonly outcome: Outcome | null;
  /** The sentence beside a field that the server refused. */
  readonly errorOf: (field: string) => string | undefined;
  /** Sentences that belong to no field shown. */
  readonly others: (fields: readonly string[]) => readonly string[];
  readonly submit: () => Promise<void>;
}

interface ActFormOptions<Answer extends Payload> {
  readonly name: ActName;
  /** Sends it. */
  readonly send: () => Promise<Outcome<Answer>>;
  /** Reads the task again, after somebody was faster. */
  readonly reload: () => void;
  readonly onDone: () => void;
}

/** Sends an act once at a time and tells how it ended. */
export function useActForm<Answer extends Payload>({
  name,
  send,
  reload,
  onDone,
}: ActFormOptions<Answer>): ActForm {
  const t = useMessages("life");
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
    showToast({ message: t(`done.${name}`) });
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
