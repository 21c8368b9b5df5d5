import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { type FigureRow, isBlank, isChanged } from "./figure-state";

const TONES = {
  DRAFT: "neutral",
  SUBMITTED: "info",
  VERIFIED: "ok",
  REJECTED: "warning",
  WITHDRAWN: "neutral",
} as const;

/** Where the figure of a metric stands: missing looks like nothing else. */
export function FigureMark({ row }: { readonly row: FigureRow }) {
  const t = useMessages("figures");
  const { stored } = row;
  return (
    <p className="flex flex-wrap items-center gap-1.5">
      {stored === null ? (
        <span className="rounded border border-dashed border-line-strong px-1.5 text-xs leading-5 text-muted">
          {t("missing")}
        </span>
      ) : (
        <>
          <Badge tone={TONES[stored.state]}>{t(`state.${stored.state}`)}</Badge>
          {stored.kind !== "AMOUNT" && <Badge>{t(`kind.${stored.kind}`)}</Badge>}
          {stored.isLate && <Badge tone="warning">{t("late")}</Badge>}
          {stored.revision > 1 && (
            <span className="text-xs text-muted">{t("revision", { number: stored.revision })}</span>
          )}
        </>
      )}
      {isChanged(row) && !isBlank(row) && <Badge tone="warning">{t("unsent")}</Badge>}
    </p>
  );
}
