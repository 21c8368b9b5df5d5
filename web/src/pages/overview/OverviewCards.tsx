import { DeadlineCard } from "./DeadlineCard";
import { DepartmentCard } from "./DepartmentCard";
import { DocumentCard } from "./DocumentCard";
import { FindingCard } from "./FindingCard";
import type { OverviewData, OverviewPlanData } from "./query";
import { SectionCard } from "./SectionCard";
import { StateCard } from "./StateCard";
import { UnitCard } from "./UnitCard";

interface OverviewCardsProps {
  readonly plan: OverviewPlanData;
  readonly units: OverviewData["departments"];
}

/**
 * Everything under the figures: states, who carries what, and what the document holds. On a wide
 * screen the deadlines stand beside what presses (attention/Situation).
 */
export function OverviewCards({ plan, units }: OverviewCardsProps) {
  const shown = units.edges.map((edge) => edge.node);
  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] large:!grid-cols-1">
      <div className="grid content-start gap-4 lg:order-last lg:grid-rows-[auto_1fr_auto] lg:content-stretch large:!order-none">
        <StateCard plan={plan} />
        <DeadlineCard plan={plan} className="lg:hidden" />
        <UnitCard units={shown} className="flex flex-col max-lg:hidden [&>:last-child]:my-auto" />
        <FindingCard plan={plan} className="max-lg:hidden" />
      </div>
      <div className="grid content-start gap-4 lg:grid-rows-[auto_1fr] lg:content-stretch">
        <SectionCard plan={plan} />
        <DepartmentCard plan={plan} />
      </div>
      <div className="grid min-w-0 gap-4 lg:order-last lg:col-span-2 large:!order-none large:!col-span-1">
        <DocumentCard plan={plan} />
        <FindingCard plan={plan} className="lg:hidden" />
      </div>
      <UnitCard units={shown} className="lg:hidden" />
    </div>
  );
}
