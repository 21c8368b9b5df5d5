import { useMemo } from "react";
import { useQuery } from "urql";
import { useToday } from "../../../graphql/use-today";
import { formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { SkeletonLines } from "../../../ui/Skeleton";
import { useUrlSearch } from "../../../ui/use-url-search";
import { daysUntil } from "./days";
import { UsageTable } from "./UsageTable";
import { MOST, TokenUsageQuery } from "./usage-documents";

const PERIODS = ["7", "30", "90"] as const;
const USUAL = "30";

/** 用量: what programs called, by token. */
export function Usage() {
  const t = useMessages("integrations");
  const { today } = useToday();
  const [search, setSearch] = useUrlSearch();
  const period = PERIODS.find((one) => one === search.get("days")) ?? USUAL;
  const days = useMemo(
    () => (today === null ? [] : daysUntil(today, Number(period))),
    [today, period],
  );
  const from = days[0];
  const [{ data, error, stale, fetching }, read] = useQuery({
    query: TokenUsageQuery,
    variables: { from: from ?? "" },
    pause: from === undefined,
    requestPolicy: "cache-and-network",
  });
  const usage = data?.tokenUsage;
  const isReading = usage === undefined && error === undefined;
  return (
    <div className="grid min-w-0 gap-3" aria-busy={fetching || stale}>
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="caption max-w-2xl text-muted">{t("usage.about")}</p>
        <SegmentedControl
          label={t("usage.period")}
          value={period}
          options={PERIODS.map((value) => ({ value, label: t(`usage.period.${value}`) }))}
          onChange={(next) => setSearch({ days: next === USUAL ? undefined : next })}
        />
      </div>
      <p aria-live="polite" className="sr-only">
        {usage !== undefined && t("usage.count", { count: usage.length })}
      </p>
      {isReading && <SkeletonLines count={3} className="h-row" />}
      {error !== undefined && usage === undefined && (
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      )}
      {usage?.length === 0 && (
        <Card>
          <EmptyState title={t("usage.none")} icon="link">
            {t("usage.none.next")}
          </EmptyState>
        </Card>
      )}
      {usage !== undefined && usage.length > 0 && (
        <Card isFlush>
          <UsageTable usage={usage} days={days} />
        </Card>
      )}
      {usage?.length === MOST && (
        <p className="text-sm text-muted">{t("usage.most", { count: formatNumber(MOST) })}</p>
      )}
    </div>
  );
}
