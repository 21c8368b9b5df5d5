import { useRouter, useRouterState } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";

/** Changes to the search part; `undefined` or empty takes a parameter away. */
export type SearchChange = Readonly<Record<string, string | undefined>>;

/**
 * Search parameters of the address, and the way to change them. The view is the address: keep
 * filters here, not in state. Changes replace the entry of the history unless `isStep` is given.
 */
export function useUrlSearch(): readonly [
  URLSearchParams,
  (change: SearchChange, isStep?: boolean) => void,
] {
  const router = useRouter();
  const search = useRouterState({ select: (state) => state.location.searchStr });
  const parameters = useMemo(() => new URLSearchParams(search), [search]);
  const change = useCallback(
    (given: SearchChange, isStep = false) => {
      const { pathname, searchStr, hash } = router.latestLocation;
      const next = new URLSearchParams(searchStr);
      for (const [name, value] of Object.entries(given)) {
        if (value === undefined || value === "") next.delete(name);
        else next.set(name, value);
      }
      // The page stays where it is scrolled to: a filter or a drawer is no new page.
      router
        .navigate({
          to: pathname,
          search: Object.fromEntries(next),
          hash,
          replace: !isStep,
          resetScroll: false,
          hashScrollIntoView: false,
        })
        .catch(() => undefined);
    },
    [router],
  );
  return [parameters, change];
}
