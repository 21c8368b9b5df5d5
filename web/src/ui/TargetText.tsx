import { usePreferences } from "../i18n/preferences";
import { targetWords, type Target } from "../i18n/targets";

interface TargetTextProps {
  readonly target: Target;
  readonly className?: string;
}

/** A target as “≥ 40 场”; read aloud and in the tooltip as “不少于 40 场”. */
export function TargetText({ target, className }: TargetTextProps) {
  const { locale } = usePreferences();
  const words = targetWords(target, locale);
  return (
    <span title={words.long} className={`whitespace-nowrap tabular-nums ${className ?? ""}`}>
      <span aria-hidden="true">{words.short}</span>
      <span className="sr-only">{words.long}</span>
    </span>
  );
}
