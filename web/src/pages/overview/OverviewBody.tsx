import type { ReactNode } from "react";
import { Situation } from "./attention/Situation";
import { OverviewCards } from "./OverviewCards";
import { ProgressCard } from "./progress/ProgressCard";
import type { OverviewData, OverviewPlanData } from "./query";

interface OverviewBodyProps {
  readonly plan: OverviewPlanData;
  readonly units: OverviewData["departments"];
  /** What waits for the reader's approval. */
  readonly approvals: ReactNode;
}

/** Everything under the heading, fetched with one request: how the plan stands, then what it holds. */
export function OverviewBody({ plan, units, approvals }: OverviewBodyProps) {
  return (
    <>
      <div className="mb-4 grid gap-4">
        {approvals}
        <Situation plan={plan} />
        <ProgressCard plan={plan.code} />
      </div>
      <OverviewCards plan={plan} units={units} />
    </>
  );
}
