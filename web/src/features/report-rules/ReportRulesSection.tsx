import { useQuery } from "urql";
import { ErrorState } from "../../states/ErrorState";
import { SkeletonLines } from "../../ui/Skeleton";
import { ReportRulesQuery } from "./queries";
import { ReportRulesForm } from "./ReportRulesForm";

/** 报送规则 with what it shows while it waits and when it fails. */
export function ReportRulesSection() {
  const [{ data, error }, read] = useQuery({
    query: ReportRulesQuery,
    requestPolicy: "cache-and-network",
  });
  const reload = (): void => {
    read({ requestPolicy: "network-only" });
  };
  if (data !== undefined) return <ReportRulesForm rules={data.reportRules} reload={reload} />;
  if (error !== undefined) return <ErrorState error={error} onRetry={reload} />;
  return <SkeletonLines count={4} className="h-16" />;
}
