import { useMemo } from "react";
import { useQuery } from "urql";
import { MetricTable_metric } from "../../features/metric-table/fragments";
import { MetricFilterBar } from "../../features/metric-table/MetricFilterBar";
import { MetricTable } from "../../features/metric-table/MetricTable";
import { filterMetrics, type MetricFilters } from "../../features/metric-table/rows";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { DownloadMenu } from "../../states/DownloadMenu";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Select } from "../../ui/Select";
import { SkeletonLines } from "../../ui/Skeleton";
import { fileUrl, importUrl, matrixUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

const MetricsPlansQuery = graphql(`
  query MetricsPlansQuery {
    viewer {
      account {
        id
      }
      canImportPlans
    }
    plans(first: 50) {
      edges {
        node {
          id
          code
          title
          state
        }
      }
    }
  }
`);

const MetricsQuery = graphql(
  `
    query MetricsQuery($plan: ID!, $after: String) {
      metrics(first: 100, after: $after, filter: { plan: $plan }) {
        edges {
          node {
            ...MetricTable_metric
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `,
  [MetricTable_metric],
);

const metricsOf = (data: ResultOf<typeof MetricsQuery>) => data.metrics;

/** 指标: the targets of a plan, by chapter. */
export function MetricsPage() {
  const t = useMessages("metrics");
  const [search, change] = useUrlSearch();
  const [{ data, error }, read] = useQuery({ query: MetricsPlansQuery });
  const plans = data?.plans.edges.map((edge) => edge.node) ?? [];
  const wanted = search.get("plan");
  const chosen =
    plans.find((plan) => plan.code === wanted) ??
    plans.find((plan) => plan.state === "ISSUED") ??
    plans[0];

  if (error !== undefined && data === undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  return (
    <>
      <PageHeader
        title={t("page.title")}
        meta={chosen?.title}
        actions={
          chosen !== undefined && (
            <>
              {plans.length > 1 && (
                <Select
                  aria-label={t("filter.plan")}
                  value={chosen.code}
                  options={plans.map((plan) => ({ value: plan.code, label: planLabel(plan, t) }))}
                  onChange={(plan) => change({ plan }, true)}
                />
              )}
              {chosen.state === "ISSUED" && (
                <DownloadMenu
                  label={t("export")}
                  addressOf={(format) => fileUrl("/exports/figures", { plan: chosen.code, format })}
                />
              )}
              {chosen.state === "ISSUED" && (
                <LinkButton to={matrixUrl({ plan: chosen.code })}>{t("toMatrix")}</LinkButton>
              )}
            </>
          )
        }
      />
      {data === undefined && <SkeletonLines count={8} className="h-row" />}
      {data !== undefined && chosen === undefined && (
        <EmptyState
          title={t("plans.none")}
          actions={
            data.viewer?.canImportPlans === true && (
              <LinkButton to={importUrl()}>{t("plans.import")}</LinkButton>
            )
          }
        >
          {t("plans.none.detail")}
        </EmptyState>
      )}
      {chosen !== undefined && <PlanMetrics key={chosen.id} plan={chosen.code} />}
    </>
  );
}

function planLabel(
  plan: { readonly code: string; readonly state: string },
  t: ReturnType<typeof useMessages<"metrics">>,
): string {
  return plan.state === "DRAFT" ? t("filter.draft", { code: plan.code }) : plan.code;
}

/** The metrics of one plan under the filters of the address. */
function PlanMetrics({ plan }: { readonly plan: string }) {
  const t = useMessages("metrics");
  const [search, change] = useUrlSearch();
  const { nodes, isComplete, error, reload } = useAllPages(MetricsQuery, { plan }, metricsOf);
  const filters = useMemo<MetricFilters>(() => filtersOf(search), [search]);
  const shown = useMemo(() => filterMetrics(nodes, filters), [nodes, filters]);

  if (error !== undefined && nodes.length === 0) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  if (!isComplete && nodes.length === 0) return <SkeletonLines count={8} className="h-row" />;
  if (nodes.length === 0) {
    return <EmptyState title={t("metrics.none")}>{t("metrics.none.detail")}</EmptyState>;
  }
  return (
    <div className="grid min-w-0 gap-3">
      <MetricFilterBar rows={nodes} filters={filters} onChange={change} />
      <p aria-live="polite" className="text-sm text-muted">
        {shown.length === nodes.length
          ? t("count", { count: nodes.length })
          : t("count.of", { count: shown.length, all: nodes.length })}
      </p>
      <Card isFlush>
        {shown.length === 0 ? (
          <EmptyState title={t("filter.nothing")}>{t("filter.nothing.detail")}</EmptyState>
        ) : (
          <MetricTable rows={shown} />
        )}
      </Card>
    </div>
  );
}

function filtersOf(search: URLSearchParams): MetricFilters {
  const of = (name: string): string | undefined => search.get(name) ?? undefined;
  return { q: of("q"), lead: of("lead"), level: of("level"), over: of("over") };
}
