import { lazy, Suspense } from "react";
import { useQuery } from "urql";
import type { PageLoad } from "../../graphql/page-load";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { Skeleton } from "../../ui/Skeleton";
import { importUrl, overviewUrl, plansUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { DeadlineCard } from "./DeadlineCard";
import { DepartmentCard } from "./DepartmentCard";
import { FindingCard } from "./FindingCard";
import { KpiRow } from "./KpiRow";
import { OverviewHeader } from "./OverviewHeader";
import { OverviewSkeleton } from "./OverviewSkeleton";
import { type OverviewData, OverviewQuery, overviewVariables } from "./query";
import { SectionCard } from "./SectionCard";
import { StateCard } from "./StateCard";
import { UnitCard } from "./UnitCard";

/** Below the first screen: fetched with the figures, drawn after them. */
const loadMetricCard = () => import("./MetricCard");
const MetricCard = lazy(() => loadMetricCard().then((file) => ({ default: file.MetricCard })));

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  loadMetricCard().catch(() => undefined);
  void client.query(OverviewQuery, overviewVariables(search.get("plan"))).toPromise();
}

/** 驾驶舱: what the plan holds, who answers for it and what it leaves open. */
export function OverviewPage() {
  const t = useMessages("overview");
  const [search] = useUrlSearch();
  const code = search.get("plan");
  const [{ data, error }, read] = useQuery({
    query: OverviewQuery,
    variables: overviewVariables(code),
    requestPolicy: "cache-and-network",
  });

  if (data === undefined) {
    if (error === undefined) return <OverviewSkeleton />;
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  const plan = data.chosen ?? data.latest?.edges[0]?.node;
  if (plan === undefined || plan === null) {
    if (code === null) return <NoPlan drafts={data.drafts.totalCount} />;
    return (
      <EmptyState
        isPage
        title={t("absent.title")}
        actions={<LinkButton to={overviewUrl()}>{t("absent.back")}</LinkButton>}
      >
        {t("absent.next")}
      </EmptyState>
    );
  }
  const plans = data.plans.edges.map((edge) => edge.node);
  return (
    <>
      <OverviewHeader plan={plan} plans={plans} />
      <KpiRow plan={plan} />
      {/* On a phone what wants attention stands first, the charts after it. */}
      <div className="grid gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] large:!grid-cols-1">
        <div className="grid content-start gap-4 lg:order-last lg:grid-rows-[auto_auto_auto_1fr] lg:content-stretch large:!order-none">
          <StateCard plan={plan} />
          <FindingCard plan={plan} />
          <DeadlineCard plan={plan} />
          <UnitCard units={unitsOf(data)} className="max-lg:hidden" />
        </div>
        <div className="grid content-start gap-4 lg:grid-rows-[auto_1fr] lg:content-stretch">
          <SectionCard plan={plan} />
          <DepartmentCard plan={plan} />
        </div>
        <div className="min-w-0 lg:order-last lg:col-span-2 large:!order-none large:!col-span-1">
          <Suspense fallback={<Skeleton className="h-96" />}>
            <MetricCard plan={plan} />
          </Suspense>
        </div>
        <UnitCard units={unitsOf(data)} className="lg:hidden" />
      </div>
    </>
  );
}

function unitsOf(data: OverviewData) {
  return data.departments.edges.map((edge) => edge.node);
}

/** Nothing is issued: says what to do next to those who can. */
function NoPlan({ drafts }: { readonly drafts: number }) {
  const t = useMessages("overview");
  const canImport = useViewer()?.canImportPlans === true;
  return (
    <EmptyState
      isPage
      title={t("empty.title")}
      actions={
        <>
          {canImport && (
            <LinkButton to={importUrl()} variant="primary" icon="upload">
              {t("empty.import")}
            </LinkButton>
          )}
          {drafts > 0 && <LinkButton to={plansUrl()}>{t("empty.plans")}</LinkButton>}
        </>
      }
    >
      {t(canImport ? "empty.next" : "empty.wait")}
      {drafts > 0 && ` ${t("empty.drafts", { count: drafts })}`}
    </EmptyState>
  );
}
