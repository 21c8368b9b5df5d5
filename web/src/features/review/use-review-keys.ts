import { useEffect, useEffectEvent } from "react";
import { preferences } from "../../i18n/preferences";

/** What the keys of the page do. */
export interface ReviewKeys {
  readonly onStep: (step: 1 | -1) => void;
  readonly onAccept: () => void;
  readonly onReturn: () => void;
}

/** `j` and `k` go through the queue, `a` accepts, `r` returns; not while somebody types. */
export function useReviewKeys({ onStep, onAccept, onReturn }: ReviewKeys): void {
  const act = useEffectEvent((key: string): boolean => {
    if (key === "j") onStep(1);
    else if (key === "k") onStep(-1);
    else if (key === "a") onAccept();
    else if (key === "r") onReturn();
    else return false;
    return true;
  });
  useEffect(() => {
    let isAfterG = false;
    const onKey = (event: KeyboardEvent): void => {
      const wasAfterG = isAfterG;
      isAfterG = event.key === "g";
      if (event.defaultPrevented || wasAfterG || !preferences().hasShortcuts) return;
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (isTyping(event.target)) return;
      if (act(event.key)) event.preventDefault();
    };
    addEventListener("keydown", onKey);
    return () => removeEventListener("keydown", onKey);
  }, []);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return target.type !== "checkbox";
  return target.matches("textarea, select, [contenteditable], dialog *");
}
