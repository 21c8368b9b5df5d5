import { type RefObject, useEffect, useEffectEvent } from "react";
import { preferences } from "../i18n/preferences";

interface Rows {
  readonly count: number;
  /** Whether a row only heads the ones below it. */
  readonly isHeading: (index: number) => boolean;
  readonly scrollTo: (index: number) => void;
}

const STEPS: Readonly<Record<string, number>> = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

/**
 * Moves the focus from row to row: `j` and `k` anywhere on the page (unless single keys are turned
 * off), the arrow keys while a row has the focus.
 */
export function useRowKeys(
  body: RefObject<HTMLElement | null>,
  { count, isHeading, scrollTo }: Rows,
): void {
  const move = useEffectEvent((step: number): void => {
    let index = rowIndexOf(document.activeElement) + step;
    while (index >= 0 && index < count && isHeading(index)) index += step;
    if (index < 0 || index >= count) return;
    scrollTo(index);
    if (!focusRow(body.current, index)) {
      requestAnimationFrame(() => focusRow(body.current, index));
    }
  });

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const step = STEPS[event.key];
      if (step === undefined || isTaken(event)) return;
      const isArrow = event.key.startsWith("Arrow");
      if (isArrow ? rowIndexOf(event.target) === -1 : !preferences().hasShortcuts) return;
      event.preventDefault();
      move(step);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** Whether the key belongs to something else: typing, a modifier, an open dialog. */
function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing) return true;
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]") !== null) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}

function rowIndexOf(target: EventTarget | null): number {
  const element = target instanceof Element ? target : null;
  const index = element?.closest("[data-row]")?.getAttribute("data-row");
  return index === null || index === undefined ? -1 : Number(index);
}

/** Focuses the link of a row; false where the row is not drawn yet. */
function focusRow(body: HTMLElement | null, index: number): boolean {
  const row = body?.querySelector<HTMLElement>(`[data-row="${index}"]`);
  const links = [...(row?.querySelectorAll<HTMLElement>("a, button") ?? [])];
  links.find((link) => link.offsetParent !== null)?.focus({ preventScroll: true });
  return row !== null && row !== undefined;
}
