import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { preferences } from "../i18n/preferences";
import { helpUrl } from "../ui/urls";
import { NAVIGATION } from "./navigation";

/** Milliseconds within which the second key must follow `g`. */
const SEQUENCE_MS = 1200;

/** Keys of the whole application: Ctrl K, `/`, `?`, and `g` with the letter of a page. */
export function useShortcuts(openPalette: () => void): void {
  const router = useRouter();
  useEffect(() => {
    let startedAt = 0;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!preferences().hasShortcuts || isBusy(event)) return;
      const isSecond = Date.now() - startedAt < SEQUENCE_MS;
      startedAt = event.key === "g" && !isSecond ? Date.now() : 0;
      const to = isSecond
        ? NAVIGATION.find((entry) => entry.shortcut === event.key)?.to
        : event.key === "?"
          ? helpUrl()
          : undefined;
      if (to !== undefined) {
        event.preventDefault();
        router.history.push(to);
      } else if (event.key === "/") {
        event.preventDefault();
        const search = document.querySelector<HTMLElement>("main [data-search]");
        if (search === null) openPalette();
        else search.focus();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, openPalette]);
}

/** Whether the key belongs to something else: typing, a modifier, an open dialog. */
function isBusy(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return true;
  if (document.querySelector("dialog[open]") !== null) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
  );
}
