import { useQuery } from "urql";
import { useViewer } from "../../../graphql/use-session";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Card } from "../../../ui/Card";
import { DeadlineCard } from "../DeadlineCard";
import type { OverviewPlanData } from "../query";
import { SituationSkeleton } from "../OverviewSkeleton";
import { AttentionCard } from "./AttentionCard";
import { FigureRow } from "./FigureRow";
import { MonthCard } from "./MonthCard";
import { MonthQuery, monthOf } from "./month-query";
import { AttentionQuery } from "./query";

/** How the plan stands now: five figures, what presses and why, the month's reports and their course. */
export function Situation({ plan }: { readonly plan: OverviewPlanData }) {
  const t = useMessages("attention");
  const isReader = useViewer()?.permissions.includes("report.read") === true;
  const [{ data, error }, read] = useQuery({
    query: AttentionQuery,
    variables: { plan: plan.code },
    requestPolicy: "cache-and-network",
  });
  const [reports] = useQuery({
    query: MonthQuery,
    requestPolicy: "cache-and-network",
    pause: !isReader,
  });
  const isWaiting = isReader && reports.data === undefined && reports.error === undefined;
  if (data?.plan == null && error !== undefined) {
    return (
      <Card title={t("title")}>
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      </Card>
    );
  }
  if (data?.plan == null || isWaiting) return <SituationSkeleton />;
  const month = monthOf(reports.data);
  return (
    <>
      <FigureRow plan={plan} data={data} month={month} />
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)] large:!grid-cols-1">
        <AttentionCard plan={plan.code} data={data} />
        <div className={`grid min-w-0 gap-4 ${month === null ? "max-lg:hidden" : ""}`}>
          {month !== null && <MonthCard {...month} />}
          <DeadlineCard plan={plan} className="max-lg:hidden" />
        </div>
      </div>
    </>
  );
}
