import { formatNumber } from "../i18n/format";
import { useMessages } from "../i18n/messages";
import { formatPeriod } from "../i18n/period";
import { usePreferences } from "../i18n/preferences";
import { quantityWords, type Target, targetWords } from "../i18n/targets";
import { Bullet } from "./Bullet";

/** What a metric amounts to, as the API gives it. */
export interface CurrentFigures {
  readonly verified: string | null;
  readonly provisional: string | null;
  readonly attainment: string | null;
  readonly expected: number;
  readonly missing: number;
  readonly until: string;
}

interface CurrentFigureProps {
  readonly target: Target;
  readonly figures: CurrentFigures;
  readonly className?: string;
}

/** What is verified against the target; what waits and what is missing stand apart. */
export function CurrentFigure({ target, figures, className }: CurrentFigureProps) {
  const t = useMessages("figures");
  const { locale } = usePreferences();
  const inWords = (value: string): string => quantityWords(value, target.unit, locale);
  const { verified, provisional, attainment, expected, missing, until } = figures;
  const small = [
    provisional !== null &&
      provisional !== verified &&
      t("with.waiting", { value: inWords(provisional) }),
    missing > 0 && t("missing.of", { missing, expected }),
  ].filter((one) => one !== false);
  return (
    <div className={className}>
      <p className="flex flex-wrap items-baseline gap-x-2 tabular-nums">
        {verified === null ? (
          <span className="text-muted">{t("verified.none")}</span>
        ) : (
          <strong className="font-semibold">{inWords(verified)}</strong>
        )}
        {attainment !== null && (
          <span className="text-sm">
            {t("attainment", { percent: formatNumber(Math.floor(Number(attainment) * 10) / 10) })}
          </span>
        )}
        <span className="text-xs text-muted">{t("until", { month: formatPeriod(until) })}</span>
      </p>
      {verified !== null && attainment !== null && (
        <div className="max-w-xl">
          <Bullet
            label={t("bullet", {
              value: inWords(verified),
              target: targetWords(target, locale).long,
            })}
            value={Number(verified)}
            target={Number(target.value)}
          />
        </div>
      )}
      {small.length > 0 && <p className="text-xs text-muted tabular-nums">{small.join(" · ")}</p>}
    </div>
  );
}
