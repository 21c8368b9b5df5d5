import { useParams } from "@tanstack/react-router";
import { useQuery } from "urql";
import { CurrentFigure } from "../../charts/CurrentFigure";
import { FigureTree } from "../../features/metric/FigureTree";
import { ForecastCard } from "../../features/metric/ForecastCard";
import { MetricEntries } from "../../features/metric/MetricEntries";
import { MetricOrigin } from "../../features/metric/MetricOrigin";
import { MetricTrend } from "../../features/metric/MetricTrend";
import { MetricOutlookQuery } from "../../features/metric/outlook-queries";
import { type MetricDetailData, MetricDetailQuery } from "../../features/metric/queries";
import { ShareBalance } from "../../features/metric/ShareBalance";
import { UnitParts } from "../../features/metric/UnitParts";
import type { PageLoad } from "../../graphql/page-load";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { TargetText } from "../../ui/TargetText";
import { allocationUrl, metricsUrl, metricUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

/** Starts the page's query; figures are always the newest. */
export function loader({ client, params, search }: PageLoad) {
  const variables = { code: params.code ?? "", unit: search.get("unit") };
  return client.query(MetricDetailQuery, variables, { requestPolicy: "network-only" }).toPromise();
}

/** 指标详情: what a metric amounts to, by month and unit, down to each entry. */
export function MetricPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("metrics");
  const [search] = useUrlSearch();
  const unit = search.get("unit");
  const [{ data, error }, read] = useQuery({ query: MetricDetailQuery, variables: { code, unit } });
  const metric = data?.metric;
  if (metric == null && error !== undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  if (data !== undefined && metric == null) {
    return (
      <EmptyState
        isPage
        title={t("metric.none", { code })}
        actions={<LinkButton to={metricsUrl()}>{t("toList")}</LinkButton>}
      >
        {t("metric.none.detail")}
      </EmptyState>
    );
  }
  return (
    <>
      <PageHeader
        title={metric?.name ?? code}
        overline={
          <Link to={metricsUrl({ plan: metric?.plan.code })} className="text-link hover:underline">
            {t("toList")}
          </Link>
        }
        meta={
          <span className="flex flex-wrap gap-x-3">
            <span className="tabular-nums">{code}</span>
            {metric != null && (
              <span>
                {t("column.target")} <TargetText target={metric} />
              </span>
            )}
            {metric?.by != null && <span>{t("by", { day: formatDate(metric.by) })}</span>}
          </span>
        }
      />
      {metric == null ? (
        <SkeletonLines count={8} className="h-row" />
      ) : (
        <Metric metric={metric} unit={unit} />
      )}
    </>
  );
}

interface MetricProps {
  readonly metric: MetricDetailData;
  readonly unit: string | null;
}

function Metric({ metric, unit }: MetricProps) {
  const t = useMessages("metrics");
  const { figures, whole } = metric;
  const [{ data, error }] = useQuery({
    query: MetricOutlookQuery,
    variables: { code: metric.code, unit },
    requestPolicy: "cache-and-network",
  });
  if (figures === null) {
    return <EmptyState title={t("figures.none")}>{t("figures.none.detail")}</EmptyState>;
  }
  const isWhole = unit === null;
  const addressOf = (code: string): string =>
    `${metricUrl(metric.code)}?unit=${encodeURIComponent(code)}`;
  const outlook = data?.metric ?? undefined;
  const forecast = error !== undefined && outlook === undefined ? null : outlook?.forecast;
  // A unit is held against its share; without one the target is not its own.
  const carried = figures.share === null ? metric : { ...metric, value: figures.share };
  const isShared = outlook?.viewerCanAllocate === true || outlook?.allocation != null;
  return (
    <div className="grid min-w-0 gap-4">
      {!isWhole && (
        <nav aria-label={t("place")} className="flex flex-wrap items-center gap-2">
          <Link to={metricUrl(metric.code)} className="text-link hover:underline">
            {whole?.department.shortName ?? t("place.whole")}
          </Link>
          <span aria-hidden="true">›</span>
          <strong aria-current="page" className="font-semibold">
            {figures.department.name}
          </strong>
        </nav>
      )}
      <div className="grid min-w-0 items-start gap-4 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="grid min-w-0 gap-4">
          <div className="grid min-w-0 gap-4 md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)] large:!grid-cols-1">
            <Card title={isWhole ? t("figure.now") : figures.department.name}>
              <CurrentFigure target={carried} figures={figures} />
            </Card>
            <ForecastCard
              unit={metric.unit}
              forecast={forecast}
              hasShares={outlook?.allocation != null}
              addressOf={addressOf}
            />
          </div>
          <MetricTrend metric={metric} unit={unit} forecast={forecast} />
        </div>
        <MetricOrigin metric={metric} figures={figures} />
      </div>
      {figures.parts.length > 0 && (
        <UnitParts
          name={figures.department.shortName}
          unit={metric.unit}
          parts={figures.parts}
          addressOf={addressOf}
          shares={
            outlook !== undefined &&
            isShared && <ShareBalance allocation={outlook.allocation} unit={metric.unit} />
          }
          actions={
            outlook?.viewerCanAllocate === true && (
              <LinkButton to={allocationUrl(metric.code, unit ?? undefined)} size="small">
                {t(outlook.allocation === null ? "shares.begin" : "shares.change")}
              </LinkButton>
            )
          }
        />
      )}
      {figures.parts.length > 0 && (
        <FigureTree key={`tree ${unit ?? ""}`} metric={metric} figures={figures} />
      )}
      {(isWhole || figures.parts.length === 0) && (
        <MetricEntries
          key={`entries ${unit ?? ""}`}
          code={metric.code}
          unit={metric.unit}
          department={isWhole ? null : unit}
        />
      )}
    </div>
  );
}
