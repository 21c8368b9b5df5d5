import { useCallback, useEffect, useRef, useState } from "react";
import { useClient, useQuery } from "urql";
import { useWatch } from "../../states/use-watch";
import { figuresCame } from "./figures-news";
import { isUnderWay, markOf } from "./import-progress";
import { type LargeImportData, LargeImportQuery, LargeImportsQuery } from "./import-queries";

/** A large file and how far it is, asked again until it has ended. */
export function useLargeImport(id: string) {
  const client = useClient();
  const [{ data, error }] = useQuery({
    query: LargeImportQuery,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const read = useCallback(async () => {
    const answer = await client
      .query(LargeImportQuery, { id }, { requestPolicy: "network-only" })
      .toPromise();
    return answer.error === undefined;
  }, [client, id]);
  const found = useKept(data?.measurementImport ?? null);
  const watched = useWatched(found === null ? [] : [found], read, figuresCame);
  return { found, isKnown: data !== undefined, error, read, ...watched };
}

/** The newest large files, asked again while one of them is under way. */
export function useLargeImports(first: number, onBrought: () => void) {
  const client = useClient();
  const brought = useCallback(() => {
    figuresCame();
    onBrought();
  }, [onBrought]);
  const [{ data, error }] = useQuery({
    query: LargeImportsQuery,
    variables: { first },
    requestPolicy: "cache-and-network",
  });
  const read = useCallback(async () => {
    const answer = await client
      .query(LargeImportsQuery, { first }, { requestPolicy: "network-only" })
      .toPromise();
    return answer.error === undefined;
  }, [client, first]);
  const list = useKept(data?.measurementImports ?? null) ?? undefined;
  const watched = useWatched(list?.edges.map((edge) => edge.node) ?? [], read, brought);
  return { list, error, read, ...watched };
}

/** What was known last: an answer that does not come takes nothing away. */
function useKept<Value>(value: Value | null): Value | null {
  const [kept, setKept] = useState(value);
  if (value !== null && value !== kept) setKept(value);
  return value ?? kept;
}

/** Watches imports until the last one has ended, and says when they have brought figures meanwhile. */
function useWatched(
  imports: readonly LargeImportData[],
  read: () => Promise<boolean>,
  onBrought: () => void,
) {
  const taken = imports.reduce((sum, one) => sum + one.taken, 0);
  const before = useRef<number>(null);
  const isKnown = imports.length > 0;
  useEffect(() => {
    if (!isKnown) return;
    if (before.current !== null && taken > before.current) onBrought();
    before.current = taken;
  }, [isKnown, taken, onBrought]);
  return useWatch(imports.some(isUnderWay), markOf(imports), read);
}
