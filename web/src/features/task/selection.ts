import { useCallback, useMemo, useState } from "react";

/** The tasks that somebody has ticked. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  readonly choose: (codes: readonly string[]) => void;
  readonly set: (code: string, isChosen: boolean) => void;
}

/** Holds which tasks are ticked, by code. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const choose = useCallback((codes: readonly string[]) => setChosen(new Set(codes)), []);
  const set = useCallback(
    (code: string, isChosen: boolean) =>
      setChosen((before) => {
        const after = new Set(before);
        if (isChosen) after.add(code);
        else after.delete(code);
        return after;
      }),
    [],
  );
  return useMemo(() => ({ chosen, choose, set }), [chosen, choose, set]);
}

/** The chosen ones that the list shows, in its order: nothing unseen goes along. */
export function shownChosen(
  codes: readonly string[],
  chosen: ReadonlySet<string>,
): readonly string[] {
  return codes.filter((code) => chosen.has(code));
}
