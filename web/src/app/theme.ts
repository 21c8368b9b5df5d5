import { setPreferences } from "../i18n/preferences";

/** Turns light into dark and back, whatever the system prefers. */
export function toggleTheme(): void {
  const isDark = document.documentElement.dataset.theme === "dark";
  setPreferences({ theme: isDark ? "light" : "dark" });
}
