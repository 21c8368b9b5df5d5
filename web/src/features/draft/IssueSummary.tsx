import type { ResultOf } from "../../graphql/graphql";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { TargetText } from "../../ui/TargetText";
import { useDraft } from "./draft-context";
import type { DraftSummaryQuery } from "./queries";

type Overview = NonNullable<ResultOf<typeof DraftSummaryQuery>["plan"]>["overview"];

/** Head, counts, departments and metrics of the plan as it will be issued. */
export function IssueSummary({ overview }: { readonly overview: Overview }) {
  const t = useMessages("draft");
  const facts = [
    [t("issue.tasks"), overview.taskCount],
    [t("issue.metrics"), overview.metricCount],
    [t("issue.withMetric"), overview.taskWithMetricCount],
    [t("issue.withDeadline"), overview.taskWithDeadlineCount],
  ] as const;
  return (
    <div className="grid min-w-0 gap-4">
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        {facts.map(([label, count]) => (
          <div key={label} className="rounded-card border border-line bg-card p-4">
            <dt className="text-sm text-muted">{label}</dt>
            <dd className="text-2xl font-semibold">{count}</dd>
          </div>
        ))}
      </dl>
      <Departments overview={overview} />
      <Metrics />
    </div>
  );
}

/** Title, issuer, number, year and date, as they will stand. */
export function IssueHead() {
  const t = useMessages("draft");
  const { plan } = useDraft();
  const facts = [
    [t("head.issuingBody"), plan.issuingBody],
    [t("head.documentNumber"), plan.documentNumber],
    [t("head.year"), String(plan.year)],
    [t("head.issuedOn"), plan.issuedOn === null ? null : formatDate(plan.issuedOn)],
  ] as const;
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-1.5">
      {facts.map(([label, value]) => (
        <div key={label} className="contents">
          <dt className="text-muted">{label}</dt>
          <dd>{value ?? t("issue.blank")}</dd>
        </div>
      ))}
    </dl>
  );
}

function Departments({ overview }: { readonly overview: Overview }) {
  const t = useMessages("draft");
  return (
    <Card title={t("issue.departments")} isFlush>
      <table className="w-full text-left">
        <caption className="sr-only">{t("issue.departments")}</caption>
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="px-4 py-2 font-normal">
              {t("issue.department")}
            </th>
            <th scope="col" className="w-24 px-4 py-2 text-right font-normal">
              {t("issue.leads")}
            </th>
            <th scope="col" className="w-24 px-4 py-2 text-right font-normal">
              {t("issue.supports")}
            </th>
          </tr>
        </thead>
        <tbody>
          {overview.byDepartment.map(({ department, leadCount, supportCount }) => (
            <tr key={department.id} className="border-t border-line">
              <th scope="row" className="px-4 py-2 font-normal">
                {department.shortName}
              </th>
              <td className="px-4 py-2 text-right">{leadCount}</td>
              <td className="px-4 py-2 text-right">{supportCount}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Metrics() {
  const t = useMessages("draft");
  const { tasks } = useDraft();
  const metrics = tasks.flatMap((task) => task.metrics.edges.map((edge) => edge.node));
  if (metrics.length === 0) return null;
  return (
    <Card title={t("issue.metricList")} isFlush>
      <ul>
        {metrics.map((metric) => (
          <li
            key={metric.id}
            className="flex flex-wrap gap-x-4 border-b border-line px-4 py-2 last:border-b-0"
          >
            <span className="w-28 shrink-0 text-muted">{metric.code}</span>
            <span className="min-w-0 flex-1">{metric.name}</span>
            <TargetText target={metric} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
