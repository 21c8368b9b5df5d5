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
      const isSequence = leaderAt > 0 && event.timeStamp - leaderAt < SEQUENCE_MS;
      leaderAt = event.key === "g" ? event.timeStamp : 0;
      const by = STEPS[event.key];
      if (by === undefined || isSequence || isForOthers(event)) return;
      const next = step(problems, current, by);
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

const STEPS: Readonly<Record<string, 1 | -1>> = { n: 1, p: -1 };

/** Whether the key belongs to something else: typing, a modifier, a dialog; or keys are off. */
function isForOthers(event: KeyboardEvent): boolean {
  if (!preferences().hasShortcuts || event.defaultPrevented || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]") !== null) return true;
  const { target } = event;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
