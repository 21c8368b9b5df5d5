import { type Locale, setPreferences, usePreferences } from "./preferences";

/** The language of the page and the way to change it. */
export function useLocale(): { readonly locale: Locale; setLocale(locale: Locale): void } {
  const { locale } = usePreferences();
  return { locale, setLocale: (next) => setPreferences({ locale: next }) };
}
