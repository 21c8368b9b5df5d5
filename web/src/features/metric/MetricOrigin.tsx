import { formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { metricUrl, planUrl, taskUrl } from "../../ui/urls";
import type { MetricDetailData, UnitFiguresData } from "./queries";

interface MetricOriginProps {
  readonly metric: MetricDetailData;
  readonly figures: UnitFiguresData;
}

/** 这个数怎么来的: the sentence, who is asked, how it adds up, what came in and what counts. */
export function MetricOrigin({ metric, figures }: MetricOriginProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const { plan, clause, task } = metric;
  const inWords = (value: string | null): string =>
    value === null ? t("figure.none") : quantityWords(value, metric.unit, locale);
  const link = (code: string) => (
    <Link key={code} to={metricUrl(code)} className="mr-2 text-link underline">
      {code}
    </Link>
  );
  return (
    <Card title={t("origin")} className="self-start">
      <dl className="grid gap-2.5">
        <Step name={t("origin.clause")}>
          {clause === null ? (
            metric.phrase
          ) : (
            <Link
              to={planUrl(plan.code, `c${String(clause.position)}`)}
              className="text-link hover:underline"
            >
              {clause.text}
            </Link>
          )}
        </Step>
        <Step name={t("column.task")}>
          {task === null ? (
            t("task.none")
          ) : (
            <Link to={taskUrl(task.code)} className="text-link hover:underline">
              {task.code} {task.title}
            </Link>
          )}
        </Step>
        <Step name={t("column.basis")}>
          {formatList([
            t("reportedBy", { level: t(`level.${metric.reportingLevel}`) }),
            t("over", { how: t(`over.${metric.timeAggregation}`) }),
            t("across", { how: t(`across.${metric.treeAggregation}`) }),
          ])}
        </Step>
        <Step name={t("origin.asked", { month: formatPeriod(figures.until) })}>
          {t("origin.counts", {
            expected: figures.expected,
            onTime: figures.onTime,
            late: figures.late,
            missing: figures.missing,
          })}
          {figures.notApplicable > 0 && (
            <span className="block text-sm text-muted">
              {t("origin.notApplicable", { count: figures.notApplicable })}
            </span>
          )}
        </Step>
        <Step name={t("origin.verified")}>
          <strong className="font-semibold tabular-nums">{inWords(figures.verified)}</strong>
        </Step>
        {figures.waiting > 0 && (
          <Step name={t("origin.waiting")}>
            {t("origin.waiting.count", { count: figures.waiting })}
            {figures.provisional !== null && (
              <span className="block text-sm text-muted tabular-nums">
                {t("origin.provisional", { value: inWords(figures.provisional) })}
              </span>
            )}
          </Step>
        )}
        {metric.sameAs !== null && (
          <Step name={t("origin.overlap")}>
            {link(metric.sameAs.code)}
            {t("sameAs", { code: metric.sameAs.code })}
          </Step>
        )}
        {metric.contains.length > 0 && (
          <Step name={t("origin.overlap")}>
            {metric.contains.map((one) => link(one.code))}
            {t("contains", { codes: formatList(metric.contains.map((one) => one.code)) })}
          </Step>
        )}
      </dl>
    </Card>
  );
}

function Step({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
