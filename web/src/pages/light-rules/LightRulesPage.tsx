import { useQuery } from "urql";
import { CalendarSection } from "../../features/calendar/CalendarSection";
import { LightRulesForm } from "../../features/light-rules/LightRulesForm";
import { LightRulesQuery } from "../../features/light-rules/queries";
import { ReportRulesSection } from "../../features/report-rules/ReportRulesSection";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";

/** Starts the query of the page. */
export function loader({ client }: PageLoad): void {
  client
    .query(LightRulesQuery, {})
    .toPromise()
    .catch(() => undefined);
}

/** 亮灯规则 and 报送规则: what lights and reports follow, tried before it is saved. */
export function LightRulesPage() {
  const t = useMessages("lightRules");
  const [{ data, error }, read] = useQuery({
    query: LightRulesQuery,
    requestPolicy: "cache-and-network",
  });
  const reload = (): void => {
    read({ requestPolicy: "network-only" });
  };
  return (
    <div>
      <PageHeader title={t("page.title")} meta={t("page.meta")} />
      {data !== undefined && <LightRulesForm rules={data.lightRules} reload={reload} />}
      {data === undefined && error !== undefined && (
        <ErrorState isPage error={error} onRetry={reload} />
      )}
      {data === undefined && error === undefined && <SkeletonLines count={8} className="h-16" />}
      <div className="mt-4 grid gap-4">
        <ReportRulesSection />
        <CalendarSection />
      </div>
    </div>
  );
}
