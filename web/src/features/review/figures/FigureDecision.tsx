import { type ReactNode, useState } from "react";
import { useQuery } from "urql";
import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { formatPeriod, periodBefore } from "../../../i18n/period";
import { usePreferences } from "../../../i18n/preferences";
import { quantityWords } from "../../../i18n/targets";
import { EvidenceList } from "../../../states/EvidenceList";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Card } from "../../../ui/Card";
import { Link } from "../../../ui/Link";
import { metricUrl } from "../../../ui/urls";
import { VerdictButtons } from "../VerdictButtons";
import { WordsField } from "../WordsField";
import { FigureWords, SaidWords } from "./FigureWords";
import { FigureTotalsQuery, type WaitingFigureData } from "./queries";
import { replacedBy } from "./waiting";

interface FigureDecisionProps {
  readonly row: WaitingFigureData;
  /** Why the server did not take the last decision. */
  readonly words: string | undefined;
  readonly isBusy: boolean;
  readonly isRejecting: boolean;
  readonly onRejecting: (isRejecting: boolean) => void;
  readonly onVerify: () => void;
  /** Tells what is wrong with the reason, where something is. */
  readonly onReject: (reason: string) => Promise<string | undefined>;
}

/** One figure against what was said before, and the decision on it. */
export function FigureDecision(props: FigureDecisionProps) {
  const { row, words, isBusy, isRejecting, onRejecting, onVerify } = props;
  const t = useMessages("figures");
  const r = useMessages("review");
  const before = replacedBy(row);
  return (
    <Card
      title={`${row.department.shortName} · ${formatPeriod(row.period)}`}
      subtitle={
        <Link to={metricUrl(row.metric.code)} className="text-link hover:underline">
          {row.metric.code} {row.metric.name}
        </Link>
      }
      className="self-start lg:sticky lg:top-18"
    >
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
        <Fact name={t("said.now")}>
          <strong className="text-lg">
            <FigureWords row={row} />
          </strong>
        </Fact>
        {before !== null && (
          <Fact name={t(`said.before.${before.state === "VERIFIED" ? "VERIFIED" : "SUBMITTED"}`)}>
            <SaidWords said={before} unit={row.metric.unit} />
          </Fact>
        )}
        <Totals row={row} />
        {row.things.length > 0 && <Fact name={t("names")}>{row.things.join("、")}</Fact>}
        {row.runningTotal !== null && (
          <Fact name={t("said.total")}>
            <SaidWords said={{ kind: "AMOUNT", value: row.runningTotal }} unit={row.metric.unit} />
          </Fact>
        )}
        {row.evidence.length > 0 && (
          <Fact name={t("evidence")}>
            <EvidenceList files={row.evidence} />
          </Fact>
        )}
        {row.reason !== null && <Fact name={t("reason")}>{row.reason}</Fact>}
        <Fact name={t("by")}>
          {row.recordedBy.displayName}
          <span className="block text-sm text-muted">
            {formatDateTime(row.recordedAt)} · {t(`channel.${row.channel}`)}
            {row.isLate && ` · ${t("late")}`}
          </span>
        </Fact>
      </dl>
      <div className="no-print mt-4 grid gap-3">
        {words !== undefined && !isRejecting && <Callout tone="danger" title={words} />}
        {!row.viewerCanDecide ? (
          <Callout tone="neutral" title={t("own.title")}>
            {t("own.detail")}
          </Callout>
        ) : isRejecting ? (
          <RejectForm {...props} />
        ) : (
          <VerdictButtons
            accept={t("verify")}
            refuse={t("reject")}
            isBusy={isBusy}
            onAccept={onVerify}
            onRefuse={() => onRejecting(true)}
          />
        )}
      </div>
      <p className="sr-only">{r("keys")}</p>
    </Card>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-sm leading-6 text-muted">{name}</dt>
      <dd className="min-w-0 tabular-nums">{children}</dd>
    </>
  );
}

/** What the unit says for the year with this figure, without it, and for the month before. */
function Totals({ row }: { readonly row: WaitingFigureData }) {
  const t = useMessages("figures");
  const { locale } = usePreferences();
  const before = periodBefore(row.period, 1);
  const [{ data }] = useQuery({
    query: FigureTotalsQuery,
    variables: {
      metric: row.metric.id,
      department: row.department.id,
      period: row.period,
      before,
      hasBefore: before.slice(0, 4) === row.period.slice(0, 4),
    },
    requestPolicy: "cache-and-network",
  });
  const figures = data?.metric?.figures;
  const inWords = (value: string | null | undefined): string =>
    value == null ? t("none") : quantityWords(value, row.metric.unit, locale);
  const previous = data?.previous.edges
    .map((edge) => edge.node)
    .filter((one) => one.state === "VERIFIED" || one.state === "SUBMITTED")
    .toSorted((one, other) => other.revision - one.revision)[0];
  return (
    <>
      <Fact name={t("totals.previous")}>
        {data === undefined ? (
          "…"
        ) : previous === undefined ? (
          t("missing")
        ) : (
          <SaidWords said={previous} unit={row.metric.unit} />
        )}
      </Fact>
      <Fact name={t("totals.verified")}>
        {data === undefined ? "…" : inWords(figures?.verified)}
      </Fact>
      <Fact name={t("totals.provisional")}>
        {data === undefined ? "…" : inWords(figures?.provisional)}
      </Fact>
    </>
  );
}

/** Why the figure is rejected; the department reads it beside the cell. */
function RejectForm({ isBusy, onRejecting, onReject }: FigureDecisionProps) {
  const t = useMessages("figures");
  const r = useMessages("review");
  const [reason, setReason] = useState("");
  const [error, setError] = useState<string>();
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void onReject(reason).then(setError);
      }}
    >
      <WordsField
        label={t("reject.reason")}
        value={reason}
        onChange={setReason}
        error={error}
        canned={[t("canned.jump"), t("canned.total"), t("canned.scope")]}
        isRequired
      />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isBusy}>
          {t("reject.confirm")}
        </Button>
        <Button variant="quiet" onClick={() => onRejecting(false)}>
          {r("cancel")}
        </Button>
      </div>
    </form>
  );
}
