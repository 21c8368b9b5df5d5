import { useCallback, useEffect, useRef, useState } from "react";
import { type CombinedError, useClient } from "urql";
import { graphql } from "../../graphql/graphql";
import { AuditTable_event, type AuditEventRow } from "./fragments";
import { type AuditFilters, inputOf } from "./filters";

const AuditEventsQuery = graphql(
  `
    query AuditEventsQuery($filter: AuditEventFilter, $after: String) {
      auditEvents(first: 100, after: $after, filter: $filter) {
        edges {
          node {
            ...AuditTable_event
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
        isTotalExact
      }
    }
  `,
  [AuditTable_event],
);

interface Read {
  readonly key: string;
  readonly events: readonly AuditEventRow[];
  readonly total: number;
  readonly isTotalExact: boolean;
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
}

/** The newest events under some filters, and more when asked for: nobody reads a trail whole. */
export function useEvents(filters: AuditFilters) {
  const client = useClient();
  const key = JSON.stringify(inputOf(filters));
  const [read, setRead] = useState<Read>();
  const [error, setError] = useState<CombinedError>();
  const [isReading, setIsReading] = useState(true);
  const wanted = useRef(key);

  const load = useCallback(
    async (before: Read | undefined): Promise<void> => {
      setIsReading(true);
      const variables = {
        filter: JSON.parse(key) as ReturnType<typeof inputOf>,
        after: before?.next,
      };
      const result = await client
        .query(AuditEventsQuery, variables, { requestPolicy: "network-only" })
        .toPromise();
      if (wanted.current !== key) return;
      setIsReading(false);
      setError(result.error);
      const found = result.data?.auditEvents;
      if (found === undefined) return;
      const rows = found.edges.map((edge) => edge.node);
      setRead({
        key,
        events: [...(before?.events ?? []), ...rows],
        total: found.totalCount,
        isTotalExact: found.isTotalExact,
        next: found.pageInfo.hasNextPage ? found.pageInfo.endCursor : null,
      });
    },
    [client, key],
  );

  useEffect(() => {
    wanted.current = key;
    load(undefined).catch(() => undefined);
  }, [key, load]);

  return {
    read,
    error,
    isReading,
    isStale: read !== undefined && read.key !== key,
    reload: () => {
      load(undefined).catch(() => undefined);
    },
    more: () => {
      load(read).catch(() => undefined);
    },
  };
}
