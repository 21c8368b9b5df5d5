import { useEffect, useState } from "react";

/** How long to wait before asking how far it is, and the most that it comes to while nothing happens. */
export const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 30_000;

/** The wait after one that brought nothing new. */
export function nextWait(wait: number): number {
  return Math.min(wait * 1.5, LONGEST_WAIT_MS);
}

/**
 * Asks again and again while something is under way: soon after each step forward (`mark` changes), less
 * and less often while nothing happens, and not at all while the page is not looked at. `read` says
 * whether an answer came. Tells whether the last one did not.
 */
export function useWatch(
  isOn: boolean,
  mark: string,
  read: () => Promise<boolean>,
): { readonly isLost: boolean } {
  const [isLost, setIsLost] = useState(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a step forward begins with the short wait again
  useEffect(() => {
    if (!isOn) return;
    let wait = FIRST_WAIT_MS;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isReading = false;
    let isOver = false;
    const later = (): void => {
      clearTimeout(timer);
      if (!isOver && !document.hidden) timer = setTimeout(() => void ask(), wait);
    };
    const ask = async (): Promise<void> => {
      if (isReading) return;
      isReading = true;
      const isThere = await read();
      isReading = false;
      if (isOver) return;
      setIsLost(!isThere);
      wait = nextWait(wait);
      later();
    };
    const look = (): void => {
      clearTimeout(timer);
      wait = FIRST_WAIT_MS;
      if (!document.hidden) void ask();
    };
    later();
    document.addEventListener("visibilitychange", look);
    return () => {
      isOver = true;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isOn, mark, read]);
  return { isLost };
}
