import { formatFigure, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { formatLikelihood } from "../../i18n/share";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { Skeleton } from "../../ui/Skeleton";
import { Status } from "../../ui/Status";
import type { ForecastData } from "./outlook-queries";

interface ForecastCardProps {
  readonly unit: string;
  /** Null where it cannot be read, undefined while it is on its way. */
  readonly forecast: ForecastData | null | undefined;
  /** Whether the target is shared out, as far as the reader may see. */
  readonly hasShares: boolean;
  /** Where the figures of a unit are. */
  readonly addressOf: (code: string) => string;
}

/** 预测: where the year ends, how sure that is, when it turns red, and who could close the gap. */
export function ForecastCard(props: ForecastCardProps) {
  const { forecast } = props;
  const t = useMessages("metrics");
  return (
    <Card title={t("forecast")}>
      {forecast === undefined && <Skeleton className="h-24" />}
      {forecast === null && <p className="text-muted">{t("forecast.unread")}</p>}
      {forecast != null && forecast.gap !== null && (
        <p className="text-muted">
          {t(`forecast.gap.${forecast.gap}`, { count: forecast.months })}
        </p>
      )}
      {forecast != null && forecast.gap === null && <Told {...props} forecast={forecast} />}
    </Card>
  );
}

function Told(props: ForecastCardProps & { readonly forecast: ForecastData }) {
  const { unit, forecast, hasShares, addressOf } = props;
  const t = useMessages("metrics");
  const { probability, turnsRed, shortfall, closingUnits, low, high, target } = forecast;
  return (
    <>
      <dl className="grid grid-cols-[repeat(auto-fit,minmax(9.5rem,1fr))] gap-x-4 gap-y-3">
        <Part name={t("forecast.expected")}>
          <Rounded value={forecast.expected} unit={unit} />
        </Part>
        {low !== null && high !== null && (
          <Part name={t("forecast.interval")}>
            <span className="tabular-nums">
              {t("forecast.range", {
                low: formatFigure(low).text,
                high: formatFigure(high).text,
              })}
            </span>
          </Part>
        )}
        {probability !== null && (
          <Part name={t("forecast.probability")}>
            <span className="tabular-nums">{formatLikelihood(probability)}</span>
          </Part>
        )}
        {target !== null && (
          <Part name={t("forecast.turnsRed")}>
            {turnsRed === null ? (
              <Status shape="circle" tone="ok" word={t("forecast.turnsRed.never")} />
            ) : (
              <Status
                shape="square"
                tone="danger"
                word={t("forecast.turnsRed.in", { month: formatPeriod(turnsRed) })}
              />
            )}
          </Part>
        )}
      </dl>
      {shortfall !== null && (
        <p className="mt-3 rounded-md border border-warn bg-warn-soft px-3 py-2 text-sm">
          {t("forecast.shortfall", { value: formatFigure(shortfall, unit).text })}
          {closingUnits.length === 0 ? (
            ` ${t(hasShares ? "forecast.closing.none" : "forecast.closing.unshared")}`
          ) : (
            <>
              {` ${t("forecast.closing", { count: closingUnits.length })} `}
              {closingUnits.map((one, index) => (
                <span key={one.id}>
                  {index > 0 && formatList(["", ""])}
                  <Link to={addressOf(one.code)} className="text-link hover:underline">
                    {one.shortName}
                  </Link>
                </span>
              ))}
            </>
          )}
        </p>
      )}
      {target === null && (
        <p className="mt-3 caption text-sm text-muted">{t("forecast.noTarget")}</p>
      )}
      <p className="mt-3 text-xs text-muted">{t("forecast.method", { count: forecast.months })}</p>
    </>
  );
}

/** What is expected, as exact as a forecast is; the whole figure as a hint. */
function Rounded({ value, unit }: { readonly value: string | null; readonly unit: string }) {
  const t = useMessages("metrics");
  if (value === null) return t("figure.none");
  const { text, exact } = formatFigure(value, unit);
  return (
    <strong title={exact} className="text-lg font-semibold tabular-nums">
      {text}
    </strong>
  );
}

function Part({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
