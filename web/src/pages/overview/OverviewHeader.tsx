import { lazy, Suspense } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Skeleton } from "../../ui/Skeleton";
import { planUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

const ChoosePlan = lazy(() =>
  import("./ChoosePlan").then((file) => ({ default: file.ChoosePlan })),
);

interface OverviewHeaderProps {
  readonly plan: OverviewPlanData;
  readonly plans: readonly { readonly code: string; readonly title: string }[];
}

/** Name, number and date of the document; another plan can be chosen where there are several. */
export function OverviewHeader({ plan, plans }: OverviewHeaderProps) {
  const t = useMessages("overview");
  const words = useMessages("common");
  const facts = [
    plan.issuingBody,
    plan.documentNumber ?? t("noDocumentNumber"),
    plan.issuedOn === null ? null : t("issuedOn", { date: formatDate(plan.issuedOn) }),
  ];
  return (
    <PageHeader
      title={plan.title}
      meta={
        <span className="inline-flex flex-wrap items-center gap-x-3">
          {facts
            .filter((fact) => fact !== null)
            .map((fact) => (
              <span key={fact}>{fact}</span>
            ))}
          {plan.isDemo && <Badge tone="warning">{words("demo")}</Badge>}
        </span>
      }
      actions={
        <>
          {plans.length > 1 && (
            <Suspense fallback={<Skeleton className="h-10 w-64" />}>
              <ChoosePlan code={plan.code} plans={plans} />
            </Suspense>
          )}
          <LinkButton to={planUrl(plan.code)} icon="document">
            {t("readPlan")}
          </LinkButton>
        </>
      }
    />
  );
}
