import { useSyncExternalStore } from "react";

/** From here on text and findings stand side by side; the `lg` breakpoint of the style sheet. */
const WIDE = "(min-width: 68rem)";

function subscribe(listener: () => void): () => void {
  const query = matchMedia(WIDE);
  query.addEventListener("change", listener);
  return () => query.removeEventListener("change", listener);
}

/** Whether there is room for two columns. */
export function useIsWide(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(WIDE).matches);
}
