import type { Translate } from "../../i18n/messages";
import { quantityWords } from "../../i18n/targets";

/** What is said of a metric, as far as words need it. */
export interface SaidFigure {
  readonly kind: "AMOUNT" | "ZERO" | "NOT_APPLICABLE";
  readonly value: string | null;
  readonly base: string | null;
  readonly things: readonly string[];
}

/** A figure in a few words, of names only how many they are. */
export function figureWords(
  said: SaidFigure,
  { unit, locale }: { readonly unit: string; readonly locale: string },
  t: Translate<"figures">,
): string {
  if (said.kind === "NOT_APPLICABLE") return t("notApplicable");
  const amount = quantityWords(said.value ?? "0", unit, locale);
  return said.base === null ? amount : `${amount} / ${said.base}`;
}
