import { lazy, Suspense } from "react";
import { useQuery } from "urql";
import type { PageLoad } from "../../graphql/page-load";
import { useViewer } from "../../graphql/use-session";
import { loadMessages, useMessages } from "../../i18n/messages";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { Skeleton } from "../../ui/Skeleton";
import { importUrl, overviewUrl, plansUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { OverviewHeader } from "./OverviewHeader";
import { BodySkeleton, OverviewSkeleton } from "./OverviewSkeleton";
import { OverviewQuery, overviewVariables } from "./query";

/** Everything under the heading, with queries of its own that do not hold up the page. */
const loadBody = async () => {
  const [file] = await Promise.all([import("./OverviewBody"), loadMessages("attention")]);
  return { default: file.OverviewBody };
};
const OverviewBody = lazy(loadBody);

/** What waits for a decision; only for those who decide. */
const loadApprovals = async () => {
  const [file] = await Promise.all([
    import("./approvals/ApprovalsCard"),
    loadMessages("review", "act"),
  ]);
  return { default: file.ApprovalsCard };
};
const ApprovalsCard = lazy(loadApprovals);
const DECIDES = ["completion.approve", "extension.approve"];

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  loadBody().catch(() => undefined);
  void client.query(OverviewQuery, overviewVariables(search.get("plan"))).toPromise();
}

/** 驾驶舱: what is late or at risk and why, what waits, the month's reports; then what the plan holds. */
export function OverviewPage() {
  const t = useMessages("overview");
  const [search] = useUrlSearch();
  const code = search.get("plan");
  const viewer = useViewer();
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
  const decides = viewer?.permissions.some((one) => DECIDES.includes(one)) === true;
  const plans = data.plans.edges.map((edge) => edge.node);
  return (
    <>
      <OverviewHeader plan={plan} plans={plans} />
      <Suspense fallback={<BodySkeleton />}>
        <OverviewBody
          plan={plan}
          units={data.departments}
          approvals={
            decides && (
              <Suspense fallback={<Skeleton className="h-24" />}>
                <ApprovalsCard />
              </Suspense>
            )
          }
        />
      </Suspense>
    </>
  );
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
