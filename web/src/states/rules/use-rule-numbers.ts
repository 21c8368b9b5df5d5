import { useState } from "react";
import type { Outcome } from "../../graphql/outcome";
import type { RefusedFieldData } from "../../graphql/refused-field";
import { useRefusal } from "../use-refusal";

/** A number that a rule is made of, as it stands. */
export interface RuleNumber<Name extends string> {
  readonly name: Name;
  readonly value: number;
}

/** Numbers typed over those of rules, and how saving them stands. */
export interface RuleNumbers<Name extends string> {
  /** What differs from what stands. */
  readonly changed: readonly RuleNumber<Name>[];
  readonly isSaving: boolean;
  /** What the server refused of the last save, until something is typed. */
  readonly refused: readonly RefusedFieldData[];
  readonly textOf: (rule: RuleNumber<Name>) => string;
  readonly setNumber: (name: Name, text: string) => void;
  readonly reset: () => void;
  /** Sends what is wanted; true when it stands now. */
  readonly save: (send: () => Promise<Outcome>, done: string) => Promise<boolean>;
}

/** Holds what is typed over the numbers of rules; `reload` reads the rules again. */
export function useRuleNumbers<Name extends string>(
  standing: readonly RuleNumber<Name>[],
  reload: () => void,
): RuleNumbers<Name> {
  const [typed, setTyped] = useState<ReadonlyMap<Name, string>>(new Map());
  const [refused, setRefused] = useState<readonly RefusedFieldData[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const tell = useRefusal();
  const reset = (): void => {
    setTyped(new Map());
    setRefused([]);
  };
  return {
    changed: changedNumbers(standing, typed),
    isSaving,
    refused,
    textOf: ({ name, value }) => typed.get(name) ?? String(value),
    setNumber: (name, text) => {
      setRefused([]);
      setTyped((known) => new Map(known).set(name, text));
    },
    reset,
    save: async (send, done) => {
      setIsSaving(true);
      const outcome = await send();
      setIsSaving(false);
      if (outcome.kind === "refused") {
        setRefused(outcome.errors);
        return false;
      }
      if (outcome.kind === "conflict") reload();
      if (!tell(outcome, done)) return false;
      reset();
      reload();
      return true;
    },
  };
}

/** The numbers that were typed and differ from those that stand. */
export function changedNumbers<Name extends string>(
  standing: readonly RuleNumber<Name>[],
  typed: ReadonlyMap<Name, string>,
): readonly RuleNumber<Name>[] {
  return standing.flatMap(({ name, value }) => {
    const text = typed.get(name);
    return text === undefined || text === String(value) ? [] : [{ name, value: numberOf(text) }];
  });
}

/** What is no whole number is out of any bounds, so that the server says what to mend. */
function numberOf(text: string): number {
  return /^\d{1,6}$/.test(text.trim()) ? Number(text) : -1;
}
