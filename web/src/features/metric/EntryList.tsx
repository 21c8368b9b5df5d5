import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { EvidenceList } from "../../states/EvidenceList";
import { Badge } from "../../ui/Badge";
import type { Entry } from "./entries";
import type { MeasurementData } from "./queries";

interface EntryListProps {
  readonly entries: readonly Entry[];
  readonly unit: string;
  /** Whether each says of whom it is. */
  readonly hasDepartment?: boolean;
}

/** What was said month by month: value, state, who, when, over which channel, what looks wrong, earlier revisions. */
export function EntryList({ entries, unit, hasDepartment = true }: EntryListProps) {
  const t = useMessages("metrics");
  return (
    <ul aria-label={t("entries")} className="divide-y divide-line">
      {entries.map((entry) => (
        <li key={entry.key} className="grid gap-1 px-4 py-2.5">
          <Revision one={entry.newest} unit={unit} hasPlace hasDepartment={hasDepartment} />
          {entry.earlier.length > 0 && (
            <details className="text-sm">
              <summary className="control text-link">
                {t("entries.earlier", { count: entry.earlier.length })}
              </summary>
              <ul className="mt-1 grid gap-2 border-l-2 border-line pl-3">
                {entry.earlier.map((one) => (
                  <li key={one.id}>
                    <Revision one={one} unit={unit} hasPlace={false} />
                  </li>
                ))}
              </ul>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}

/** How it is said that a revision was decided on, or taken back. */
const DECIDED = {
  DRAFT: "entries.verified",
  SUBMITTED: "entries.verified",
  VERIFIED: "entries.verified",
  REJECTED: "entries.rejected",
  WITHDRAWN: "entries.withdrawn",
} as const;

const TONES = {
  DRAFT: "neutral",
  SUBMITTED: "info",
  VERIFIED: "ok",
  REJECTED: "warning",
  WITHDRAWN: "neutral",
} as const;

interface RevisionProps {
  readonly one: MeasurementData;
  readonly unit: string;
  /** Whether it says of whom and when. */
  readonly hasPlace: boolean;
  readonly hasDepartment?: boolean;
}

function Revision({ one, unit, hasPlace, hasDepartment = true }: RevisionProps) {
  const t = useMessages("metrics");
  const f = useMessages("figures");
  const { locale } = usePreferences();
  const inWords = (value: string): string => quantityWords(value, unit, locale);
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[minmax(10rem,14rem)_minmax(0,1fr)]">
      <p className="flex flex-wrap items-baseline gap-x-2">
        {hasPlace && (
          <>
            {hasDepartment && <span className="font-medium">{one.department.shortName}</span>}
            <span className="text-sm text-muted">{formatPeriod(one.period)}</span>
          </>
        )}
        {!hasPlace && <span className="text-muted">{f("revision", { number: one.revision })}</span>}
      </p>
      <div className="min-w-0">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          {one.kind === "NOT_APPLICABLE" ? (
            <strong className="font-semibold">{f("notApplicable")}</strong>
          ) : (
            <strong className="font-semibold tabular-nums">
              {inWords(one.value ?? "0")}
              {one.base !== null && ` / ${one.base}`}
            </strong>
          )}
          <Badge tone={TONES[one.state]}>{f(`state.${one.state}`)}</Badge>
          {one.kind === "ZERO" && <Badge>{f("zero")}</Badge>}
          {one.isLate && <Badge tone="warning">{f("late")}</Badge>}
        </p>
        {one.doubts.map((doubt) => (
          <p key={doubt.code} className="text-sm text-warn">
            <span aria-hidden="true">▲ </span>
            {doubt.message}
          </p>
        ))}
        {one.things.length > 0 && (
          <p className="text-sm">
            {f("names")}：{one.things.join("、")}
          </p>
        )}
        <EvidenceList files={one.evidence} />
        <p className="caption text-sm text-muted">
          {t("entries.said", {
            who: one.recordedBy.displayName,
            at: formatDateTime(one.recordedAt),
            channel: f(`channel.${one.channel}`),
          })}
          {one.runningTotal !== null && ` · ${f("said.total")} ${inWords(one.runningTotal)}`}
        </p>
        {one.reason !== null && (
          <p className="caption text-sm text-muted">
            {f("reason")}：{one.reason}
          </p>
        )}
        {one.decidedBy !== null && one.decidedAt !== null && (
          <p className="caption text-sm text-muted">
            {t(DECIDED[one.state], {
              who: one.decidedBy.displayName,
              at: formatDateTime(one.decidedAt),
            })}
            {one.decidedReason !== null && `：${one.decidedReason}`}
          </p>
        )}
      </div>
    </div>
  );
}
