import { useQuery } from "urql";
import { TrendChart } from "../../charts/TrendChart";
import { formatFigure } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords, targetWords } from "../../i18n/targets";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { useIsPrinting } from "../../ui/use-is-printing";
import { useIsWide } from "../../ui/use-is-wide";
import { type MonthFigures, monthsOf, paceOf, trendOf } from "./months";
import type { ForecastData } from "./outlook-queries";
import { outlookOf } from "./outlook";
import { type MetricDetailData, MetricMonthsQuery } from "./queries";

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
      <TrendTable trend={trend.filter((month) => month.period <= until)} unit={metric.unit} />
    </Card>
  );
}

function numberOf(value: string | null): number | null {
  return value === null ? null : Number(value);
}

interface TrendTableProps {
  readonly trend: readonly MonthFigures[];
  readonly unit: string;
}

function TrendTable({ trend, unit }: TrendTableProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const cell = (value: string | null) =>
    value === null ? (
      <span className="text-muted">{t("figure.none")}</span>
    ) : (
      quantityWords(value, unit, locale)
    );
  // Who may not see what waits is not told that there is none.
  const hasProvisional = trend.some((month) => month.provisional !== null);
  const rows = [
    { key: "verified", name: t("trend.verified"), of: (one: MonthFigures) => one.verified },
    {
      key: "provisional",
      name: t("trend.provisional"),
      of: (one: MonthFigures) => one.provisional,
    },
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section aria-label={t("trend.table")} tabIndex={0} className="relative mt-3 overflow-x-auto">
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="sr-only">{t("trend.table")}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <td className="px-2" />
            {trend.map((month) => (
              <th key={month.period} scope="col" className="px-2 py-1.5 text-right font-medium">
                <span aria-hidden="true" className="whitespace-nowrap">
                  {t("trend.month", { number: Number(month.period.slice(5)) })}
                </span>
                <span className="sr-only">{formatPeriod(month.period)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter((row) => row.key === "verified" || hasProvisional)
            .map((row) => (
              <tr key={row.key} className="border-b border-line last:border-b-0">
                <th scope="row" className="px-2 py-1.5 text-left font-normal whitespace-nowrap">
                  {row.name}
                </th>
                {trend.map((month) => (
                  <td key={month.period} className="px-2 py-1.5 text-right whitespace-nowrap">
                    {cell(row.of(month))}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}
