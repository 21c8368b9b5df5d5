import { useQuery } from "urql";
import { paceOf } from "../../charts/pace";
import { TrendChart } from "../../charts/TrendChart";
import { formatFigure } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { targetWords } from "../../i18n/targets";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { useIsPrinting } from "../../ui/use-is-printing";
import { useIsWide } from "../../ui/use-is-wide";
import { monthsOf, trendOf } from "./months";
import type { ForecastData } from "./outlook-queries";
import { outlookOf } from "./outlook";
import { type MetricDetailData, MetricMonthsQuery } from "./queries";
import { TrendTable } from "./TrendTable";

interface MetricTrendProps {
  readonly metric: MetricDetailData;
  /** Code of the unit that is looked at; null for the plan. */
  readonly unit: string | null;
  readonly forecast: ForecastData | null | undefined;
}

/** The running figure by month: drawn, and as a table. */
export function MetricTrend({ metric, unit, forecast }: MetricTrendProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const isPrinting = useIsPrinting();
  const isWide = useIsWide() || isPrinting;
  const { year } = metric.plan;
  const [{ data, error }, read] = useQuery({
    query: MetricMonthsQuery,
    variables: { code: metric.code, unit, ...monthsOf(year) },
    requestPolicy: "cache-and-network",
  });
  const months = data?.metric;
  const until = metric.figures?.until;
  if (error !== undefined && months == null) {
    return (
      <Card title={t("trend")}>
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      </Card>
    );
  }
  if (months == null || until === undefined) {
    return (
      <Card title={t("trend")}>
        <SkeletonLines count={5} className="h-row" />
      </Card>
    );
  }
  const trend = trendOf(months, year, until);
  // A part has its share, not the whole target.
  const isWhole = unit === null;
  const carried = isWhole ? metric.value : (metric.figures?.share ?? null);
  const target = carried === null ? null : { ...metric, value: carried };
  const targetText = target === null ? null : targetWords(target, locale);
  return (
    <Card
      title={t("trend")}
      subtitle={target === null ? t("trend.part") : isWhole ? undefined : t("trend.share")}
      className="min-w-0"
    >
      <TrendChart
        label={t("trend.label", {
          name: metric.name,
          target: (targetText ?? targetWords(metric, locale)).long,
        })}
        points={trend.map((month) => ({
          key: month.period,
          label: t("trend.month", { number: Number(month.period.slice(5)) }),
          verified: numberOf(month.verified),
          provisional: numberOf(month.provisional),
        }))}
        target={carried === null ? null : Number(carried)}
        pace={target === null ? null : paceOf(target, year)}
        outlook={forecast == null ? null : outlookOf(forecast, trend)}
        words={{
          target: targetText?.short ?? "",
          pace: t("trend.pace"),
          verified: t("trend.verified"),
          provisional: t("trend.provisional"),
          outlook: t("trend.outlook"),
          band: t("trend.band"),
        }}
        format={(value) => formatFigure(value).text}
        isNarrow={!isWide}
      />
      <TrendTable
        trend={trend.filter((month) => month.period <= until)}
        unit={metric.unit}
        isNarrow={!isWide}
      />
    </Card>
  );
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}
