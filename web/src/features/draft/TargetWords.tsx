import { usePreferences } from "../../i18n/preferences";
import { targetWords, type Target } from "../../i18n/targets";

/** A target in words, “不少于 40 场”, and its day. */
export function TargetWords({ metric }: { readonly metric: Target }) {
  const { locale } = usePreferences();
  const words = targetWords(metric, locale);
  return <strong className="font-medium tabular-nums">{words.long}</strong>;
}
