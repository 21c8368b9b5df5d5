import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { targetWords } from "../../i18n/targets";
import { CurrentFigure } from "../../charts/CurrentFigure";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { metricUrl } from "../../ui/urls";
import type { TaskDetailData } from "./queries";

type Metric = TaskDetailData["metrics"]["edges"][number]["node"];

/** The numeric targets of a task, in words. */
export function TaskMetrics({ task }: { readonly task: TaskDetailData }) {
  const t = useMessages("task");
  const metrics = task.metrics.edges.map((edge) => edge.node);
  return (
    <Card
      title={t("metrics")}
      subtitle={metrics.length === 0 ? t("metrics.none") : undefined}
      isFlush
    >
      {metrics.length > 0 && (
        <ul className="grid">
          {metrics.map((metric) => (
            <TaskMetric key={metric.id} metric={metric} />
          ))}
        </ul>
      )}
    </Card>
  );
}

function TaskMetric({ metric }: { readonly metric: Metric }) {
  const t = useMessages("task");
  const { locale } = usePreferences();
  const target = targetWords(metric, locale);
  const codes = (list: readonly { readonly code: string }[]): string =>
    list.map((one) => one.code).join(locale === "en" ? ", " : "、");
  return (
    <li
      id={metric.code}
      className="grid gap-x-4 border-b border-line px-4 py-2.5 last:border-b-0 sm:grid-cols-[minmax(0,1fr)_auto]"
    >
      <div className="min-w-0">
        <Link to={metricUrl(metric.code)} className="font-medium text-link hover:underline">
          {metric.name}
        </Link>
        <p className="caption text-sm text-muted">
          <span className="tabular-nums">{metric.code}</span>
          {" · "}
          {t("inText", { text: metric.phrase })}
        </p>
        {metric.sameAs !== null && (
          <p className="caption text-sm text-muted">
            {t("metrics.sameAs", { code: metric.sameAs.code })}
          </p>
        )}
        {metric.contains.length > 0 && (
          <p className="caption text-sm text-muted">
            {t("metrics.contains", { codes: codes(metric.contains) })}
          </p>
        )}
      </div>
      <div className="sm:text-right">
        <p className="text-lg font-semibold tabular-nums">{target.long}</p>
        {metric.by !== null && (
          <p className="caption text-sm text-muted">
            {t("metrics.by", { date: formatDate(metric.by) })}
          </p>
        )}
      </div>
      {metric.figures !== null && metric.figures.expected > 0 && (
        <CurrentFigure target={metric} figures={metric.figures} className="mt-1 sm:col-span-2" />
      )}
    </li>
  );
}
