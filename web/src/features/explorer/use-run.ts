import { useCallback, useEffect, useRef, useState } from "react";
import type { Operation } from "./operations";
import { type Answer, ask, follow, type Request } from "./run";

/** So many results of a subscription are shown, the newest first. */
const SHOWN = 50;

/** How the last run stands. */
export type Run =
  | { readonly kind: "none" }
  | { readonly kind: "asking" }
  | { readonly kind: "answered"; readonly answer: Answer }
  | {
      readonly kind: "following" | "ended";
      readonly count: number;
      readonly results: readonly string[];
    }
  | { readonly kind: "failed" };

const came = (run: Run, result: string): Run => {
  const before = run.kind === "following" ? run : { count: 0, results: [] };
  const results = [result, ...before.results].slice(0, SHOWN);
  return { kind: "following", count: before.count + 1, results };
};

const ended = (run: Run): Run => (run.kind === "following" ? { ...run, kind: "ended" } : run);

/** Runs operations one at a time; the next, `stop` and leaving the page end the one before. */
export function useRun() {
  const [run, setRun] = useState<Run>({ kind: "none" });
  const control = useRef<AbortController>(null);
  useEffect(() => () => control.current?.abort(), []);

  const start = useCallback(async (request: Request, operation: Operation): Promise<void> => {
    control.current?.abort();
    const own = new AbortController();
    control.current = own;
    const set = (next: Run | ((before: Run) => Run)): void => {
      if (!own.signal.aborted) setRun(next);
    };
    try {
      if (operation.kind === "subscription") {
        set({ kind: "following", count: 0, results: [] });
        await follow(request, (result) => set((before) => came(before, result)), own.signal);
        set(ended);
      } else {
        set({ kind: "asking" });
        set({ kind: "answered", answer: await ask(request, own.signal) });
      }
    } catch {
      set({ kind: "failed" });
    }
  }, []);

  const stop = useCallback(() => {
    control.current?.abort();
    setRun((before) => (before.kind === "asking" ? { kind: "none" } : ended(before)));
  }, []);
  return { run, start, stop };
}
