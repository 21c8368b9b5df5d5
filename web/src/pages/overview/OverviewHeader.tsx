import { useRouter } from "@tanstack/react-router";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Field } from "../../ui/Field";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Select } from "../../ui/Select";
import { overviewUrl, planUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

interface OverviewHeaderProps {
  readonly plan: OverviewPlanData;
  readonly plans: readonly { readonly code: string; readonly title: string }[];
}

/** Name, number and date of the document; another plan can be chosen where there are several. */
export function OverviewHeader({ plan, plans }: OverviewHeaderProps) {
  const t = useMessages("overview");
  const words = useMessages("common");
  const router = useRouter();
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
            <Field label={t("choosePlan")} isLabelHidden>
              <Select
                value={plan.code}
                options={plans.map((one) => ({ value: one.code, label: one.title }))}
                onChange={(code) => router.history.push(overviewUrl(code))}
              />
            </Field>
          )}
          <LinkButton to={planUrl(plan.code)} icon="document">
            {t("readPlan")}
          </LinkButton>
        </>
      }
    />
  );
}
