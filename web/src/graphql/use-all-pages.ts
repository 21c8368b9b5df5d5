import { useCallback, useEffect, useMemo, useState } from "react";
import { useClient, type AnyVariables, type CombinedError, type TypedDocumentNode } from "urql";

/** The part of a connection that paging needs. */
interface Connection<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly totalCount: number;
}

/** A whole connection, read page after page. */
export interface AllPages<Node> {
  readonly nodes: readonly Node[];
  /** False while pages are missing. */
  readonly isComplete: boolean;
  /** The rows answer the variables before; those for the present ones are on their way. */
  readonly isStale: boolean;
  readonly error: CombinedError | undefined;
  /** Reads everything again from the server. */
  readonly reload: () => void;
}

interface Page<Node> {
  readonly nodes: readonly Node[];
  readonly isLast: boolean;
}

/**
 * Reads a connection to its end and stays tied to the cache: a mutation that changes a node
 * changes it here. `variables` are compared by their JSON; `pick` must be a constant function.
 */
export function useAllPages<Data, Variables extends AnyVariables, Node>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Omit<Variables, "after">,
  pick: (data: Data) => Connection<Node> | null | undefined,
): AllPages<Node> {
  const client = useClient();
  const key = JSON.stringify(variables);
  const [round, setRound] = useState(0);
  const [pages, setPages] = useState<readonly Page<Node>[]>([]);
  const [shownKey, setShownKey] = useState(key);
  const [error, setError] = useState<CombinedError>();

  useEffect(() => {
    const open: { cursor: string | null; unsubscribe: () => void }[] = [];
    const read = (index: number, cursor: string | null): void => {
      open[index]?.unsubscribe();
      const given = { ...(JSON.parse(key) as object), after: cursor } as unknown as Variables;
      const policy = round === 0 ? "cache-and-network" : "network-only";
      const slot = { cursor, unsubscribe: (): void => undefined };
      open[index] = slot;
      const take = (connection: Connection<Node>): void => {
        const { hasNextPage, endCursor } = connection.pageInfo;
        const page = { nodes: connection.edges.map((edge) => edge.node), isLast: !hasNextPage };
        setPages((known) => withPage(known, index, page));
        setShownKey(key);
        if (!hasNextPage) for (const later of open.splice(index + 1)) later.unsubscribe();
        else if (open[index + 1]?.cursor !== endCursor) read(index + 1, endCursor);
      };
      const subscription = client
        .query(document, given, { requestPolicy: policy })
        .subscribe((result) => {
          setError(result.error);
          const connection = result.data === undefined ? undefined : pick(result.data);
          if (connection != null) take(connection);
        });
      slot.unsubscribe = () => {
        subscription.unsubscribe();
      };
    };
    read(0, null);
    return () => {
      for (const slot of open) slot.unsubscribe();
    };
  }, [client, document, key, pick, round]);

  const reload = useCallback(() => {
    setRound((number) => number + 1);
  }, []);
  const nodes = useMemo(() => pages.flatMap((page) => page.nodes), [pages]);
  return {
    nodes,
    isComplete: pages.at(-1)?.isLast === true && shownKey === key,
    isStale: shownKey !== key,
    error,
    reload,
  };
}

/** The pages with one put in its place; nothing stands after the last. */
function withPage<Node>(
  known: readonly Page<Node>[],
  index: number,
  page: Page<Node>,
): readonly Page<Node>[] {
  const after = page.isLast ? [] : known.slice(index + 1);
  return [...known.slice(0, index), page, ...after];
}
