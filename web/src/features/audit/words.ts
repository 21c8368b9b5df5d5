import type { Areas } from "../../i18n/areas";
import type { Translate } from "../../i18n/messages";

type Words = Translate<"audit">;
type Key = Extract<keyof Areas["audit"], string>;

/** The words of a key that may not be known: a key without words is answered as itself. */
function wordsOf(t: Words, key: string): string | null {
  const words = t(key as Key);
  return words === key ? null : words;
}

/** What was done, in words; null where only its code is known. */
export function actionWords(t: Words, action: string): string | null {
  return wordsOf(t, `action.${action}`);
}

/** The kind of an object, in words where they are known. */
export function kindWords(t: Words, kind: string): string {
  return wordsOf(t, `kind.${kind}`) ?? kind;
}

/** Kinds of objects that can be chosen, in the order of the list. */
export const KINDS = [
  "Task",
  "Plan",
  "Metric",
  "Measurement",
  "Milestone",
  "ProgressReport",
  "SupervisionNotice",
  "Department",
  "Account",
  "Session",
  "Delegation",
  "LightRules",
  "ReportRules",
  "Calendar",
  "Mutation",
  "Query",
] as const;
