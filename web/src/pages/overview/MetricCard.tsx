import { useLocale } from "../../i18n/locale";
import { useMessages } from "../../i18n/messages";
import { targetWords } from "../../i18n/targets";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { metricsUrl, taskUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

type Metric = OverviewPlanData["metrics"]["edges"][number]["node"];

/** Targets in words; no value is shown before one has been reported. */
export function MetricCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const { locale } = useLocale();
  const metrics = plan.metrics.edges.map((edge) => edge.node);
  const columns: readonly Column<Metric>[] = [
    {
      key: "name",
      header: t("metrics.name"),
      isRowHeader: true,
      cell: (metric) => (
        <Link
          to={metric.task === null ? metricsUrl({ plan: plan.code }) : taskUrl(metric.task.code)}
          title={metric.task?.title}
          className="control inline-flex items-center text-ink underline-offset-4 hover:underline"
        >
          {metric.name}
        </Link>
      ),
    },
    {
      key: "target",
      header: t("metrics.target"),
      cell: (metric) => <span className="font-medium">{targetWords(metric, locale).long}</span>,
    },
    {
      key: "reported",
      header: t("metrics.reported"),
      cell: () => <span className="text-sm text-muted">{t("metrics.none.reported")}</span>,
    },
    {
      key: "lead",
      header: t("metrics.lead"),
      cell: (metric) => <span className="text-sm">{metric.task?.lead?.shortName}</span>,
    },
  ];
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
        <DataTable
          label={t("metrics")}
          columns={columns}
          rows={metrics}
          rowKey={(metric) => metric.id}
        />
      )}
    </Card>
  );
}
