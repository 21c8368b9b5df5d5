import { type RefObject, useEffect } from "react";

/** Attribute with the key of a sentence or of the words of a metric. */
export const JOIN_KEY = "data-key";
/** Attribute of a note with the keys that light up with it, parted by spaces. */
export const JOINS = "data-joins";
const LIT = "data-lit";

/**
 * Lights a note and its sentences together under the pointer or the focus. It works on the page
 * itself: a long document must not be rendered anew for every move of the pointer.
 */
export function useJoins(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (element === null) return;
    const show = (event: Event): void => {
      light(element, event.target instanceof Element ? event.target : null);
    };
    const hide = (): void => {
      light(element, element.contains(document.activeElement) ? document.activeElement : null);
    };
    element.addEventListener("pointerover", show);
    element.addEventListener("pointerleave", hide);
    element.addEventListener("focusin", show);
    element.addEventListener("focusout", hide);
    return () => {
      element.removeEventListener("pointerover", show);
      element.removeEventListener("pointerleave", hide);
      element.removeEventListener("focusin", show);
      element.removeEventListener("focusout", hide);
    };
  }, [root]);
}

/** Lights what belongs to `at` and puts out the rest. */
export function light(root: HTMLElement, at: Element | null): void {
  const lit = new Set(at === null ? [] : belongingTo(root, at));
  for (const element of root.querySelectorAll(`[${LIT}]`)) {
    if (!lit.has(element)) element.removeAttribute(LIT);
  }
  for (const element of lit) element.setAttribute(LIT, "");
}

function belongingTo(root: HTMLElement, at: Element): Element[] {
  const note = at.closest(`[${JOINS}]`);
  if (note !== null) {
    const keys = new Set(keysOf(note));
    const joined = [...root.querySelectorAll(`[${JOIN_KEY}]`)].filter((element) =>
      keys.has(element.getAttribute(JOIN_KEY) ?? ""),
    );
    return [note, ...joined];
  }
  const found: Element[] = [];
  const keys = new Set<string>();
  for (let place = at.closest(`[${JOIN_KEY}]`); place !== null; ) {
    found.push(place);
    keys.add(place.getAttribute(JOIN_KEY) ?? "");
    place = place.parentElement?.closest(`[${JOIN_KEY}]`) ?? null;
  }
  if (keys.size === 0) return [];
  const notes = [...root.querySelectorAll(`[${JOINS}]`)].filter((element) =>
    keysOf(element).some((key) => keys.has(key)),
  );
  return notes.length === 0 ? [] : [...found, ...notes];
}

function keysOf(note: Element): string[] {
  return (note.getAttribute(JOINS) ?? "").split(" ");
}
