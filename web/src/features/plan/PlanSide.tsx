import type { ReactNode } from "react";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { tasksUrl } from "../../ui/urls";
import { PlanAmendments } from "./PlanAmendments";
import { PlanFindings, type PlanFindingGroup } from "./PlanFindings";
import { PlanOutline } from "./PlanOutline";
import type { ReadPlan } from "./use-plan";

interface PlanSideProps {
  readonly plan: ReadPlan;
  readonly findings: readonly PlanFindingGroup[];
}

/** Beside the text: chapters, counts and what the check found; folded on a narrow screen. */
export function PlanSide({ plan, findings }: PlanSideProps) {
  const t = useMessages("plan");
  const { overview, code } = plan.head;
  return (
    <aside
      aria-label={t("side")}
      className="no-print lg:sticky lg:top-32 lg:max-h-[calc(100dvh-9rem)] lg:self-start lg:overflow-y-auto"
    >
      <Fold title={t("outline")}>
        <PlanOutline entries={plan.outline} lights={plan.lights} />
      </Fold>
      <Fold title={t("counts")}>
        <ul className="grid gap-0.5 text-sm">
          <Count to={tasksUrl({ plan: code })}>
            {t("counts.tasks", { count: overview.taskCount })}
          </Count>
          <Count to={tasksUrl({ plan: code, metric: "yes" })}>
            {t("counts.withMetric", {
              count: overview.taskWithMetricCount,
              metrics: overview.metricCount,
            })}
          </Count>
          <li className="py-1">
            {t("counts.withDeadline", { count: overview.taskWithDeadlineCount })}
          </li>
          <li className="py-1 text-muted">
            <span className="underline decoration-dotted underline-offset-4">
              {t("legend.loose")}
            </span>
            {t("legend.loose.meaning")}
          </li>
        </ul>
      </Fold>
      {plan.head.state === "ISSUED" && <PlanAmendments code={code} fold={Fold} />}
      <Fold title={t("findings", { count: plan.head.findings.length })}>
        <PlanFindings groups={findings} />
      </Fold>
    </aside>
  );
}

function Count({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return (
    <li>
      <Link
        to={to}
        className="control -mx-1 flex min-h-8 items-center rounded px-1 text-link hover:bg-sunken"
      >
        {children}
      </Link>
    </li>
  );
}

function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details open={isWide()} className="group/fold border-b border-line lg:mb-3 lg:border-0">
      <summary className="control flex min-h-9 list-none items-center justify-between text-sm font-semibold [&::-webkit-details-marker]:hidden">
        {title}
        <Icon
          name="chevronDown"
          className="text-muted transition-transform group-open/fold:rotate-180 lg:hidden"
        />
      </summary>
      {children}
    </details>
  );
}

/** Folds start open where they stand beside the text, and shut where they would stand before it. */
function isWide(): boolean {
  return globalThis.matchMedia?.("(min-width: 68rem)").matches === true;
}
