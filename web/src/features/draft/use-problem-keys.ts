import { useEffect } from "react";
import { preferences } from "../../i18n/preferences";
import { step, type Problem } from "./problems";

/** Milliseconds in which a letter after `g` belongs to the keys of the shell (`g p`: plans). */
const SEQUENCE_MS = 1200;

/** `n` and `p` go to the next and the previous problem, unless something is being typed. */
export function useProblemKeys(
  problems: readonly Problem[],
  current: string | null,
  onShow: (problem: Problem) => void,
): void {
  useEffect(() => {
    let leaderAt = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      const isSequence = event.timeStamp - leaderAt < SEQUENCE_MS && leaderAt > 0;
      leaderAt = event.key === "g" ? event.timeStamp : 0;
      if (isSequence || (event.key !== "n" && event.key !== "p")) return;
      if (!preferences().hasShortcuts || event.defaultPrevented) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target)) return;
      const next = step(problems, current, event.key === "n" ? 1 : -1);
      if (next === undefined) return;
      event.preventDefault();
      onShow(next);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => {
      document.removeEventListener("keydown", onKeyDown);
    };
  }, [problems, current, onShow]);
}

function isTyping(target: EventTarget | null): boolean {
  if (document.querySelector("dialog[open]") !== null) return true;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
