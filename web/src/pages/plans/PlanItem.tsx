import { formatDate, formatDateTime, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { draftUrl, metricsUrl, overviewUrl, planUrl, tasksUrl } from "../../ui/urls";
import type { ListedPlan } from "./query";

/** One plan: what it is, what it holds, and the ways into it. */
export function PlanItem({ plan }: { readonly plan: ListedPlan }) {
  const t = useMessages("plans");
  const words = useMessages("common");
  const isDraft = plan.state === "DRAFT";
  const facts = [
    plan.issuingBody,
    plan.documentNumber ?? t("noDocumentNumber"),
    isDraft
      ? t("importedAt", { time: formatDateTime(plan.importedAt) })
      : plan.issuedOn !== null && t("issuedOn", { date: formatDate(plan.issuedOn) }),
  ].filter((fact) => typeof fact === "string");
  return (
    <article className="grid gap-x-8 gap-y-3 px-4 py-4 md:grid-cols-[minmax(0,1fr)_auto]">
      <div className="min-w-0">
        <h3 className="text-lg leading-snug font-semibold">
          <Link
            to={isDraft ? draftUrl(plan.code) : planUrl(plan.code)}
            className="text-ink underline-offset-4 hover:underline"
          >
            {plan.title}
          </Link>
        </h3>
        <p className="mt-1 flex flex-wrap items-center gap-x-3 text-sm text-muted">
          {facts.map((fact) => (
            <span key={fact}>{fact}</span>
          ))}
          {plan.isDemo && <Badge tone="warning">{words("demo")}</Badge>}
        </p>
        <div className="mt-3 flex flex-wrap gap-2">
          {isDraft ? (
            <LinkButton to={draftUrl(plan.code)} size="small" icon="edit">
              {t("continue")}
            </LinkButton>
          ) : (
            <>
              <LinkButton to={overviewUrl(plan.code)} size="small" icon="home">
                {t("overview")}
              </LinkButton>
              <LinkButton to={tasksUrl({ plan: plan.code })} size="small" icon="list">
                {t("taskList")}
              </LinkButton>
              <LinkButton to={metricsUrl({ plan: plan.code })} size="small" icon="gauge">
                {t("metricList")}
              </LinkButton>
            </>
          )}
        </div>
      </div>
      <Figures plan={plan} />
    </article>
  );
}

function Figures({ plan }: { readonly plan: ListedPlan }) {
  const t = useMessages("plans");
  const { taskCount, metricCount, byDepartment } = plan.overview;
  const figures = [
    { key: "tasks", count: taskCount },
    { key: "metrics", count: metricCount },
    { key: "departments", count: byDepartment.length },
  ] as const;
  return (
    <dl className="flex gap-8 self-center max-md:gap-6">
      {figures.map(({ key, count }) => (
        <div key={key} className="flex flex-col-reverse">
          <dt className="text-sm text-muted">{t(key, { count })}</dt>
          <dd className="m-0 text-xl leading-tight font-semibold">{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
