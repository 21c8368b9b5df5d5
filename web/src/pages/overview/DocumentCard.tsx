import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { metricsUrl, orgsUrl, tasksUrl } from "../../ui/urls";
import { countsOf, kindCount } from "./figures";
import type { OverviewPlanData } from "./query";

/** What the document holds: tasks, who answers, numbers, dates; each leads to its rows. */
export function DocumentCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const { overview, code } = plan;
  const counts = countsOf(plan);
  const points = kindCount(plan, "WORK_POINT");
  const keys = kindCount(plan, "KEY_TASK");
  const others = overview.taskCount - points - keys;
  const missing = overview.taskCount - overview.taskWithDeadlineCount;
  return (
    <Card title={t("kpi")} isFlush>
      <ul
        aria-label={t("kpi")}
        className="grid grid-cols-4 gap-px overflow-hidden rounded-b-card bg-line max-lg:grid-cols-2"
      >
        <Fact
          name={t("kpi.tasks")}
          figure={overview.taskCount}
          unit={t("unit.items")}
          to={tasksUrl({ plan: code })}
          detail={[
            t("kpi.tasks.detail", { points, keys }),
            ...(others > 0 ? [t("kpi.tasks.other", { count: others })] : []),
          ].join("，")}
        />
        <Fact
          name={t("kpi.assigned")}
          figure={counts.leading}
          unit={t("unit.departments")}
          to={orgsUrl()}
          detail={t("kpi.assigned.detail", {
            all: overview.byDepartment.length,
            assignments: counts.assignments,
          })}
        />
        <Fact
          name={t("kpi.metrics")}
          figure={overview.metricCount}
          unit={t("unit.items")}
          to={metricsUrl({ plan: code })}
          detail={t("kpi.metrics.detail", { tasks: overview.taskWithMetricCount })}
        />
        <Fact
          name={t("kpi.deadlines")}
          figure={overview.taskWithDeadlineCount}
          unit={t("unit.items")}
          to={tasksUrl({ plan: code })}
          detail={
            overview.taskWithDeadlineCount === 0
              ? t("kpi.deadlines.none", { total: overview.taskCount })
              : t(missing === 0 ? "kpi.deadlines.all" : "kpi.deadlines.some", { missing })
          }
        />
      </ul>
    </Card>
  );
}

interface FactProps {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly detail: string;
  readonly to: string;
}

function Fact({ name, figure, unit, detail, to }: FactProps) {
  return (
    <li className="bg-card">
      <Link to={to} className="block h-full px-4 py-2.5 text-ink hover:bg-sunken">
        <span className="text-sm text-muted">{name}</span>
        <span className="ml-2 font-semibold">{formatNumber(figure)}</span>
        {unit !== "" && <span className="ml-1 text-sm text-muted">{unit}</span>}
        <span className="caption block text-sm text-muted">{detail}</span>
      </Link>
    </li>
  );
}
