import { formatNumber } from "../../i18n/format";
import type { Translate } from "../../i18n/messages";
import { quantityWords } from "../../i18n/targets";
import type { PlanMetric } from "./queries";

type Measured = Pick<PlanMetric, "unit" | "figures">;

/** What is verified of a metric in a few words, percent never rounded up; null while it is not known, or nobody is asked. */
export function attainedWords(
  { unit, figures }: Measured,
  locale: string,
  t: Translate<"plan">,
): string | null {
  if (figures == null || figures.expected === 0) return null;
  const { verified, attainment } = figures;
  if (verified === null) return t("note.unverified");
  const value = t("note.verified", { value: quantityWords(verified, unit, locale) });
  if (attainment === null) return value;
  const percent = formatNumber(Math.floor(Number(attainment) * 10) / 10);
  return `${value} · ${t("note.attainment", { percent })}`;
}
