import { type RefObject, useEffect, useRef } from "react";

/** The element of a view that changes with `key`: it takes the focus, which went with the other view. */
export function useViewFocus(key: string | null): RefObject<HTMLDivElement | null> {
  const view = useRef<HTMLDivElement>(null);
  const before = useRef(key);
  useEffect(() => {
    if (before.current !== key) view.current?.focus({ preventScroll: true });
    before.current = key;
  }, [key]);
  return view;
}
