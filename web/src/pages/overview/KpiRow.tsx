import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Link } from "../../ui/Link";
import { metricsUrl, orgsUrl, planUrl, tasksUrl } from "../../ui/urls";
import { countsOf, kindCount } from "./figures";
import type { OverviewPlanData } from "./query";

/** Five figures, each leading to its rows. */
export function KpiRow({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const { overview, code } = plan;
  const counts = countsOf(plan);
  const points = kindCount(plan, "WORK_POINT");
  const keys = kindCount(plan, "KEY_TASK");
  const others = overview.taskCount - points - keys;
  const missing = overview.taskCount - overview.taskWithDeadlineCount;
  return (
    <ul aria-label={t("kpi")} className="mb-4 grid grid-cols-5 gap-4 max-lg:grid-cols-2">
      <Kpi
        name={t("kpi.tasks")}
        figure={overview.taskCount}
        unit={t("unit.items")}
        to={tasksUrl({ plan: code })}
        detail={[
          t("kpi.tasks.detail", { points, keys }),
          ...(others > 0 ? [t("kpi.tasks.other", { count: others })] : []),
        ].join("，")}
      />
      <Kpi
        name={t("kpi.assigned")}
        figure={counts.leading}
        unit={t("unit.departments")}
        to={orgsUrl()}
        detail={t("kpi.assigned.detail", {
          all: overview.byDepartment.length,
          assignments: counts.assignments,
        })}
      />
      <Kpi
        name={t("kpi.metrics")}
        figure={overview.metricCount}
        unit={t("unit.items")}
        to={metricsUrl({ plan: code })}
        detail={t("kpi.metrics.detail", { tasks: overview.taskWithMetricCount })}
      />
      <Kpi
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
      <Kpi
        name={t("kpi.findings")}
        figure={plan.findings.length}
        unit={t("unit.findings")}
        to={planUrl(code)}
        className="max-lg:col-span-2"
        detail={
          plan.findings.length === 0
            ? t("kpi.findings.none")
            : t("kpi.findings.detail", counts.bySeverity)
        }
      />
    </ul>
  );
}

interface KpiProps {
  readonly name: string;
  readonly figure: number;
  readonly unit: string;
  readonly detail: string;
  readonly to: string;
  readonly className?: string;
}

function Kpi({ name, figure, unit, detail, to, className }: KpiProps) {
  return (
    <li className={className}>
      <Link
        to={to}
        className="block h-full rounded-card border border-line bg-card px-4 py-3 text-ink shadow-card transition-colors hover:border-line-strong"
      >
        <span className="block text-sm text-muted">{name}</span>
        <span className="my-1 block leading-none">
          <span className="text-2xl font-semibold">{formatNumber(figure)}</span>
          {unit !== "" && <span className="ml-1 text-sm text-muted">{unit}</span>}
        </span>
        <span className="block text-sm text-muted">{detail}</span>
      </Link>
    </li>
  );
}
