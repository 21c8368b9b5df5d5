import { useQuery } from "urql";
import type { PageLoad } from "../../graphql/page-load";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { ErrorState } from "../../states/ErrorState";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Skeleton } from "../../ui/Skeleton";
import { importUrl } from "../../ui/urls";
import { PlanItem } from "./PlanItem";
import { type ListedPlan, PlansQuery } from "./query";

/** Starts the query of the page. */
export function loader({ client }: PageLoad): void {
  client
    .query(PlansQuery, {})
    .toPromise()
    .catch(() => undefined);
}

/** 要点: drafts first, for they wait for somebody; then what is issued, the newest first. */
export function PlansPage() {
  const t = useMessages("plans");
  const canImport = useViewer()?.canImportPlans === true;
  const [{ data, error }, read] = useQuery({
    query: PlansQuery,
    requestPolicy: "cache-and-network",
  });
  const plans = data?.plans.edges.map((edge) => edge.node);

  if (plans === undefined && error !== undefined) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  const importing = (
    <LinkButton to={importUrl()} variant="primary" icon="upload">
      {t("import")}
    </LinkButton>
  );
  return (
    <>
      <PageHeader
        title={t("page.title")}
        meta={t("page.lead")}
        actions={canImport && plans?.length !== 0 && importing}
      />
      {plans === undefined && (
        <div role="status" aria-busy="true" aria-label={t("page.loading")}>
          <Skeleton className="h-44 w-full" />
        </div>
      )}
      {plans?.length === 0 && (
        <EmptyState title={t("none.title")} actions={canImport && importing}>
          {t(canImport ? "none.next" : "none.wait")}
        </EmptyState>
      )}
      {plans !== undefined && plans.length > 0 && <PlanLists plans={plans} />}
    </>
  );
}

function PlanLists({ plans }: { readonly plans: readonly ListedPlan[] }) {
  const t = useMessages("plans");
  const drafts = plans.filter((plan) => plan.state === "DRAFT");
  const issued = plans.filter((plan) => plan.state === "ISSUED");
  return (
    <div className="grid gap-4">
      {drafts.length > 0 && (
        <Card title={t("drafts.title")} subtitle={t("drafts.hint")} isFlush>
          <Items plans={drafts} />
        </Card>
      )}
      <Card title={t("issued.title")} isFlush>
        {issued.length === 0 ? (
          <p className="p-4 text-muted">{t("issued.none")}</p>
        ) : (
          <Items plans={issued} />
        )}
      </Card>
    </div>
  );
}

function Items({ plans }: { readonly plans: readonly ListedPlan[] }) {
  return (
    <ul>
      {plans.map((plan) => (
        <li key={plan.id} className="border-b border-line last:border-b-0">
          <PlanItem plan={plan} />
        </li>
      ))}
    </ul>
  );
}
