import { StackedBar } from "../../charts/StackedBar";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { TASK_STATE_LOOK } from "../../ui/task-state";
import { tasksUrl } from "../../ui/urls";
import type { OverviewPlanData } from "./query";

/** How the tasks stand. */
export function StateCard({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("overview");
  const words = useMessages("domain");
  return (
    <Card title={t("states")}>
      <StackedBar
        label={t("states")}
        parts={plan.overview.byState.map(({ state, count }) => ({
          key: state,
          word: words(`state.${state}`),
          value: count,
          to: tasksUrl({ plan: plan.code, state }),
          ...TASK_STATE_LOOK[state],
        }))}
      />
    </Card>
  );
}
