import { useMessages } from "../../../i18n/messages";
import { usePreferences } from "../../../i18n/preferences";
import { quantityWords } from "../../../i18n/targets";
import type { WaitingFigureData } from "./queries";

interface SaidWordsProps {
  readonly said: Pick<WaitingFigureData, "kind" | "value">;
  readonly unit: string;
}

/** A figure with its unit, or that the metric does not apply. */
export function SaidWords({ said, unit }: SaidWordsProps) {
  const t = useMessages("figures");
  const { locale } = usePreferences();
  if (said.kind === "NOT_APPLICABLE") return t("notApplicable");
  return quantityWords(said.value ?? "0", unit, locale);
}

/** A figure with the base it stands over. */
export function FigureWords({ row }: { readonly row: WaitingFigureData }) {
  const { base } = row;
  return (
    <>
      <SaidWords said={row} unit={row.metric.unit} />
      {base !== null && ` / ${base}`}
    </>
  );
}
