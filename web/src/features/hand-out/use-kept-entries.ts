import { useCallback, useState } from "react";
import type { Typed } from "./entries";

/** Where a browser keeps what was typed for a plan and not sent yet. */
const keyOf = (plan: string, account: string): string => `duban.hand-out.${account}.${plan}`;

function read(key: string): Typed {
  try {
    return JSON.parse(localStorage.getItem(key) ?? "{}") as Typed;
  } catch {
    return {};
  }
}

/** What was typed, kept over a reload and a lost connection; gone once it is sent. */
export function useKeptEntries(
  plan: string,
  account: string,
): readonly [Typed, (change: (typed: Typed) => Typed) => void] {
  const key = keyOf(plan, account);
  const [typed, setTyped] = useState(() => read(key));
  const change = useCallback(
    (next: (typed: Typed) => Typed) => {
      setTyped((known) => {
        const changed = next(known);
        try {
          if (Object.keys(changed).length === 0) localStorage.removeItem(key);
          else localStorage.setItem(key, JSON.stringify(changed));
        } catch {
          // Storage may be closed (private window); the entries then last until the page is left.
        }
        return changed;
      });
    },
    [key],
  );
  return [typed, change];
}
