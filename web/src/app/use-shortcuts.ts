import { useRouter } from "@tanstack/react-router";
import { useEffect } from "react";
import { preferences } from "../i18n/preferences";
import { helpUrl } from "../ui/urls";
import { entriesFor } from "./navigation";
import { sessionState } from "../graphql/session";

/** Milliseconds within which the second key must follow `g`. */
const SEQUENCE_MS = 1200;

/** Keys of the whole application: Ctrl K, `/`, `?`, and `g` with the letter of a page. */
export function useShortcuts(openPalette: () => void): void {
  const router = useRouter();
  useEffect(() => {
    const toPage = pageKeys();
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.isComposing || event.defaultPrevented) return;
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        openPalette();
        return;
      }
      if (!preferences().hasShortcuts || isBusy(event)) return;
      const to = toPage(event.key);
      if (to !== undefined) {
        event.preventDefault();
        router.history.push(to);
      } else if (event.key === "/") {
        event.preventDefault();
        goToSearch(openPalette);
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, [router, openPalette]);
}

/** Reads key after key; says which page the latest leads to. */
function pageKeys(): (key: string) => string | undefined {
  let startedAt = 0;
  return (key) => {
    const isSecond = Date.now() - startedAt < SEQUENCE_MS;
    startedAt = key === "g" && !isSecond ? Date.now() : 0;
    if (isSecond) return pageOf(key);
    return key === "?" ? helpUrl() : undefined;
  };
}

/** The page that the second key leads to, of those that the person sees. */
function pageOf(key: string): string | undefined {
  const session = sessionState();
  if (session.kind !== "signedIn") return undefined;
  return entriesFor(session.viewer).find((entry) => entry.shortcut === key)?.to;
}

/** The search field of the page, or the palette where it has none. */
function goToSearch(openPalette: () => void): void {
  const search = document.querySelector<HTMLElement>("main [data-search]");
  if (search === null) openPalette();
  else search.focus();
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
