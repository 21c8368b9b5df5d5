import { BarList } from "../../charts/BarList";
import { sectionTitle } from "../../features/task/section-title";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { tasksUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

/** Tasks of each section; those outside of all sections close the list. */
export function SectionCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const { bySection } = plan.overview;
  return (
    <Card title={t("sections")} subtitle={t("sections.hint")}>
      <BarList
        label={t("sections")}
        isWide
        rows={bySection.map(({ section, taskCount }) => {
          const to = tasksUrl({ plan: plan.code, section: section.id });
          const label = t("sections.value", { count: taskCount });
          return {
            key: section.id,
            name: sectionTitle(section),
            to,
            figure: String(taskCount),
            parts: [{ key: "tasks", value: taskCount, label, to }],
          };
        })}
      />
    </Card>
  );
}
