import { useSyncExternalStore } from "react";

export type Locale = "zh-CN" | "en";
export type Theme = "system" | "light" | "dark";

/** What a person has chosen for this browser. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
  /** 大字版: larger text and rows, no animation. */
  readonly isLargeText: boolean;
  /** Single-letter keys; WCAG 2.1.4 asks for a way to turn them off. */
  readonly hasShortcuts: boolean;
}

/** Where `public/start.js` reads them before the first paint. */
const KEY = "duban.preferences";
const DEFAULTS: Preferences = {
  locale: "zh-CN",
  theme: "system",
  isLargeText: false,
  hasShortcuts: true,
};

function read(): Preferences {
  try {
    const saved = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Preferences>;
    return { ...DEFAULTS, ...saved };
  } catch {
    return DEFAULTS;
  }
}

let current = read();
const listeners = new Set<() => void>();

/** The choices as they stand. */
export function preferences(): Preferences {
  return current;
}

/** Changes some choices, shows them on the page and keeps them for the next visit. */
export function setPreferences(change: Partial<Preferences>): void {
  current = { ...current, ...change };
  try {
    localStorage.setItem(KEY, JSON.stringify(current));
  } catch {
    // Storage may be closed (private window); the choice then lasts until the page is left.
  }
  showPreferences();
  for (const listener of listeners) listener();
}

/** Writes theme, text size and language to the root element. */
export function showPreferences(): void {
  const root = document.documentElement;
  const isDark = globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches === true;
  root.dataset.theme = current.theme === "system" ? (isDark ? "dark" : "light") : current.theme;
  if (current.isLargeText) root.dataset.text = "large";
  else delete root.dataset.text;
  root.lang = current.locale;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choices; the component renders again when one changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, preferences);
}
