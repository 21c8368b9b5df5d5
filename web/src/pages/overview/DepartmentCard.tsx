import { BarList } from "../../charts/BarList";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { tasksUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

/** What each department leads and supports. */
export function DepartmentCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const rows = plan.overview.byDepartment.toSorted(
    (a, b) => b.leadCount - a.leadCount || b.supportCount - a.supportCount,
  );
  return (
    <Card title={t("departments")}>
      <BarList
        label={t("departments")}
        legend={[t("departments.lead"), t("departments.support")]}
        rows={rows.map(({ department, leadCount, supportCount }) => {
          const of = (role?: string): string =>
            tasksUrl({ plan: plan.code, department: department.code, role });
          return {
            key: department.id,
            name: department.shortName,
            to: of(),
            figure: String(leadCount + supportCount),
            parts: [
              {
                key: "lead",
                value: leadCount,
                label: t("departments.lead.count", { count: leadCount }),
                to: of("LEAD"),
              },
              {
                key: "support",
                value: supportCount,
                label: t("departments.support.count", { count: supportCount }),
                to: of("SUPPORT"),
              },
            ],
          };
        })}
      />
    </Card>
  );
}
