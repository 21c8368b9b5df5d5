import { useState } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { EntryList } from "./EntryList";
import { entriesOf } from "./entries";
import { type MeasurementData, MetricMeasurementsQuery } from "./queries";

interface MetricEntriesProps {
  readonly code: string;
  /** Measure word of the metric. */
  readonly unit: string;
  /** Code of the department whose entries are shown; null for all. */
  readonly department: string | null;
}

/** Every entry that the figure stands on: who said what, when, over which channel, who decided. */
export function MetricEntries({ code, unit, department }: MetricEntriesProps) {
  const t = useMessages("metrics");
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [all, setAll] = useState<ReadonlyMap<string | null, readonly MeasurementData[]>>(new Map());
  const last = cursors.at(-1) ?? null;
  const [{ data, error, stale, fetching }, read] = useQuery({
    query: MetricMeasurementsQuery,
    variables: { code, unit: department, after: last },
    requestPolicy: "cache-and-network",
  });
  const page = fetching && !stale ? undefined : data?.measurements;
  const nodes = page?.edges.map((edge) => edge.node);
  if (nodes !== undefined && all.get(last)?.length !== nodes.length) {
    setAll(new Map([...all, [last, nodes]]));
  }
  const held = cursors.flatMap((cursor) =>
    cursor === last && nodes !== undefined ? nodes : (all.get(cursor) ?? []),
  );
  const entries = entriesOf(held);
  const next = page?.pageInfo.hasNextPage === true ? page.pageInfo.endCursor : null;
  return (
    <Card
      title={t("entries")}
      subtitle={page === undefined ? undefined : t("entries.count", { count: page.totalCount })}
      isFlush
    >
      {error !== undefined && held.length === 0 && (
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      )}
      {held.length === 0 && error === undefined && page === undefined && (
        <div className="p-4">
          <SkeletonLines count={4} className="h-row" />
        </div>
      )}
      {page !== undefined && entries.length === 0 && (
        <p className="p-4 text-muted">{t("entries.none")}</p>
      )}
      {entries.length > 0 && <EntryList entries={entries} unit={unit} />}
      {next !== null && (
        <div className="no-print border-t border-line p-3">
          <Button size="small" isPending={fetching} onClick={() => setCursors([...cursors, next])}>
            {t("entries.more")}
          </Button>
        </div>
      )}
    </Card>
  );
}
