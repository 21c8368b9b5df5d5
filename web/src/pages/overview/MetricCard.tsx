import { formatDate } from "../../i18n/format";
import { useLocale } from "../../i18n/locale";
import { useMessages } from "../../i18n/messages";
import { targetWords } from "../../i18n/targets";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { metricsUrl, taskUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

type Metric = OverviewPlanData["metrics"]["edges"][number]["node"];

/** Metrics listed; the others are on their own page. */
const MOST = 8;

/** Targets in words, the first of the text. */
export function MetricCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const columns = useColumns(plan.code);
  const metrics = plan.metrics.edges.slice(0, MOST).map((edge) => edge.node);
  const more = plan.metrics.totalCount - metrics.length;
  return (
    <Card
      title={t("metrics")}
      subtitle={t("metrics.hint")}
      isFlush
      actions={
        <Link
          to={metricsUrl({ plan: plan.code })}
          className="control inline-flex items-center text-sm text-link hover:underline"
        >
          {t("metrics.all")}
        </Link>
      }
    >
      {metrics.length === 0 ? (
        <p className="p-4 text-sm text-muted">{t("metrics.none")}</p>
      ) : (
        <>
          <DataTable
            label={t("metrics")}
            columns={columns}
            rows={metrics}
            rowKey={(metric) => metric.id}
          />
          {more > 0 && (
            <Link
              to={metricsUrl({ plan: plan.code })}
              className="control flex min-h-row items-center border-t border-line px-4 text-link hover:underline"
            >
              {t("metrics.more", { count: more })}
            </Link>
          )}
        </>
      )}
    </Card>
  );
}

function useColumns(plan: string): readonly Column<Metric>[] {
  const t = useMessages("overview");
  const { locale } = useLocale();
  return [
    {
      key: "name",
      header: t("metrics.name"),
      isRowHeader: true,
      cell: (metric) => (
        <Link
          to={metric.task === null ? metricsUrl({ plan }) : taskUrl(metric.task.code)}
          className="control inline-flex items-center text-ink underline-offset-4 hover:underline"
        >
          {metric.name}
        </Link>
      ),
    },
    {
      key: "target",
      header: t("metrics.target"),
      phone: "beside",
      cell: (metric) => (
        <span className="font-medium whitespace-nowrap">{targetWords(metric, locale).long}</span>
      ),
    },
    {
      key: "task",
      header: t("metrics.task"),
      phone: "hidden",
      cell: (metric) =>
        metric.task !== null && (
          <span className="text-sm text-muted">
            {metric.task.code}
            <span className="ml-2">{metric.task.title}</span>
          </span>
        ),
    },
    {
      key: "lead",
      header: t("metrics.lead"),
      phone: "below",
      className: "whitespace-nowrap",
      cell: (metric) => metric.task?.lead?.shortName,
    },
    {
      key: "by",
      header: t("metrics.by"),
      phone: "hidden",
      className: "whitespace-nowrap",
      cell: (metric) => metric.by !== null && formatDate(metric.by),
    },
  ];
}
