import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { type FigureRow, isBlank, isChanged, saidOf } from "./figure-state";

const TONES = {
  DRAFT: "neutral",
  SUBMITTED: "info",
  VERIFIED: "ok",
  REJECTED: "warning",
  WITHDRAWN: "neutral",
} as const;

/** Where the figure of a metric stands, that which counts: missing looks like nothing else. */
export function FigureMark({ row }: { readonly row: FigureRow }) {
  const t = useMessages("figures");
  const said = saidOf(row);
  return (
    <p className="flex flex-wrap items-center gap-1.5">
      {said === null ? (
        <span className="rounded border border-dashed border-line-strong px-1.5 text-xs leading-5 text-muted">
          {t("missing")}
        </span>
      ) : (
        <>
          <Badge tone={TONES[said.state]}>{t(`state.${said.state}`)}</Badge>
          {said.kind !== "AMOUNT" && <Badge>{t(`kind.${said.kind}`)}</Badge>}
          {said.isLate && <Badge tone="warning">{t("late")}</Badge>}
          {said.revision > 1 && (
            <span className="text-xs text-muted">{t("revision", { number: said.revision })}</span>
          )}
        </>
      )}
      {isChanged(row) && !isBlank(row) && <Badge tone="warning">{t("unsent")}</Badge>}
    </p>
  );
}
