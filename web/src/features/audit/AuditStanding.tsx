import { formatDateTime, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Callout } from "../../ui/Callout";
import type { Tone } from "../../ui/tones";
import type { AuditStandingData } from "./fragments";

const TONES: Readonly<Record<AuditStandingData["state"], Tone>> = {
  AGREES: "ok",
  DIFFERS: "danger",
  NOT_KEPT: "info",
  UNREADABLE: "warning",
};

/** Whether the trail agrees with the last head that was signed outside the database. */
export function AuditStanding({ standing }: { readonly standing: AuditStandingData }) {
  const t = useMessages("audit");
  const { anchor, state } = standing;
  return (
    <Callout tone={TONES[state]} title={t(`state.${state}`)}>
      <p>
        {t("standing.events", { count: formatNumber(standing.events) })}
        {anchor !== null &&
          t("standing.anchor", {
            time: formatDateTime(anchor.keptAt),
            number: formatNumber(anchor.number),
          })}
        {t(`state.${state}.next`)}
      </p>
      <p className="mt-0.5 text-muted">
        {t("standing.hash")} <code className="break-all">{standing.hash}</code>
      </p>
    </Callout>
  );
}
