import { useParams } from "@tanstack/react-router";
import { useQuery } from "urql";
import { HandOut } from "../../features/hand-out/HandOut";
import { HandOutPlanQuery } from "../../features/hand-out/queries";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { NoPermission } from "../../states/NoPermission";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { PagePending } from "../../ui/PagePending";
import { draftUrl, plansUrl, planUrl } from "../../ui/urls";

/** Starts the query of the page. */
export function loader({ client, params }: PageLoad): void {
  client
    .query(HandOutPlanQuery, { code: params.code ?? "" })
    .toPromise()
    .catch(() => undefined);
}

/** 交办: the tasks of an issued plan go to their lead departments. */
export function HandOutPage() {
  const { code = "" } = useParams({ strict: false });
  const t = useMessages("handOut");
  const [{ data, error }, read] = useQuery({ query: HandOutPlanQuery, variables: { code } });
  if (data === undefined) {
    if (error === undefined) return <PagePending />;
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  const { plan } = data;
  if (plan === null) {
    return (
      <EmptyState
        isPage
        title={t("absent")}
        actions={<LinkButton to={plansUrl()}>{t("absent.list")}</LinkButton>}
      >
        {t("absent.detail")}
      </EmptyState>
    );
  }
  if (plan.state === "DRAFT") {
    return (
      <EmptyState
        isPage
        title={t("draft")}
        actions={<LinkButton to={draftUrl(plan.code)}>{t("draft.open")}</LinkButton>}
      >
        {t("draft.detail")}
      </EmptyState>
    );
  }
  if (!plan.viewerCanHandOut) return <NoPermission isPage />;
  return (
    <>
      <PageHeader
        title={t("title")}
        overline={
          <Link to={planUrl(plan.code)} className="text-link hover:underline">
            {plan.title}
          </Link>
        }
        meta={t("about")}
      />
      <HandOut plan={plan} />
    </>
  );
}
