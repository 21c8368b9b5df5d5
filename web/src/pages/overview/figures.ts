import type { OverviewPlanData } from "./query";

type Kind = OverviewPlanData["overview"]["byKind"][number]["kind"];

/** How many tasks of a kind the plan has. */
export function kindCount(plan: Pick<OverviewPlanData, "overview">, kind: Kind): number {
  return plan.overview.byKind.find((one) => one.kind === kind)?.count ?? 0;
}

/** Sums over departments. */
export function countsOf(plan: Pick<OverviewPlanData, "overview">) {
  const { byDepartment } = plan.overview;
  return {
    leading: byDepartment.filter((one) => one.leadCount > 0).length,
    assignments: byDepartment.reduce((sum, one) => sum + one.leadCount + one.supportCount, 0),
  };
}
