import { useQuery } from "urql";
import { AuditDrawer } from "../../features/audit/AuditDrawer";
import { AuditFilterBar } from "../../features/audit/AuditFilterBar";
import { AuditStanding } from "../../features/audit/AuditStanding";
import { AuditTable } from "../../features/audit/AuditTable";
import { filtersOf, isFiltered, NO_FILTERS } from "../../features/audit/filters";
import { AuditStanding_verification } from "../../features/audit/fragments";
import { useEvents } from "../../features/audit/use-events";
import { graphql } from "../../graphql/graphql";
import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { useUrlSearch } from "../../ui/use-url-search";

const AuditStandingQuery = graphql(
  `
    query AuditStandingQuery {
      auditVerification {
        ...AuditStanding_verification
      }
    }
  `,
  [AuditStanding_verification],
);

/** 审计: who did what, or was refused it, and whether the trail is whole. */
export function AuditPage() {
  const t = useMessages("audit");
  const [search, change] = useUrlSearch();
  const filters = filtersOf(search);
  const [standing] = useQuery({ query: AuditStandingQuery, requestPolicy: "cache-and-network" });
  const { read, error, isReading, isStale, reload, more } = useEvents(filters);
  const events = read?.events ?? [];
  const opened = events.find((event) => String(event.number) === search.get("event"));
  const actorName = events.find((event) => event.actor?.id === filters.actor)?.actor?.displayName;

  return (
    <>
      <PageHeader title={t("page.title")} meta={t("page.lead")} />
      <div className="grid min-w-0 gap-3">
        {standing.data !== undefined && (
          <AuditStanding standing={standing.data.auditVerification} />
        )}
        <AuditFilterBar filters={filters} actorName={actorName} onChange={change} />
        {read === undefined && error !== undefined && <ErrorState error={error} onRetry={reload} />}
        {read === undefined && error === undefined && <SkeletonLines count={8} className="h-row" />}
        {read !== undefined && (
          <p aria-live="polite" className="text-sm text-muted">
            {t(read.isTotalExact ? "count" : "count.atLeast", { count: formatNumber(read.total) })}
          </p>
        )}
        {read !== undefined && events.length === 0 && (
          <EmptyState
            title={t(isFiltered(filters) ? "filter.nothing" : "none")}
            actions={
              isFiltered(filters) && (
                <Button onClick={() => change(NO_FILTERS)}>{t("filter.clear")}</Button>
              )
            }
          >
            {t(isFiltered(filters) ? "filter.nothing.detail" : "none.detail")}
          </EmptyState>
        )}
        {events.length > 0 && (
          <Card isFlush className={isStale ? "opacity-60" : ""}>
            <AuditTable
              events={events}
              onOpen={(event) => change({ event: String(event.number) }, true)}
            />
          </Card>
        )}
        {read !== undefined && read.next !== null && (
          <div className="flex justify-center print:hidden">
            <Button disabled={isReading} onClick={more}>
              {t(isReading ? "more.reading" : "more")}
            </Button>
          </div>
        )}
        {read !== undefined && error !== undefined && <ErrorState error={error} onRetry={reload} />}
      </div>
      {opened !== undefined && (
        <AuditDrawer
          event={opened}
          onClose={() => change({ event: undefined }, true)}
          onNarrow={(narrowed) => change(narrowed, true)}
        />
      )}
    </>
  );
}
