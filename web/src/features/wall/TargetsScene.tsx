import { PaceBar } from "../../charts/PaceBar";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { formatLikelihood } from "../../i18n/share";
import { targetWords } from "../../i18n/targets";
import { byStanding, percentText } from "../progress/progress";
import type { ProgressMetric, ProgressPlan } from "../progress/queries";

/** Targets that can be read at once from the far end of a room. */
const MOST = 7;

/** What is attained against the pace, the furthest behind first, and where the year ends. */
export function TargetsScene({ plan }: { readonly plan: ProgressPlan }) {
  const t = useMessages("wall");
  const a = useMessages("attention");
  const { locale } = usePreferences();
  const metrics = byStanding(
    plan.metrics.edges.map((edge) => edge.node).filter((metric) => metric.sameAs === null),
    plan.year,
  ).slice(0, MOST);
  if (metrics.length === 0) return <p className="text-2xl">{a("progress.none")}</p>;
  return (
    <ul aria-label={t("targets")} className="grid h-full min-h-0 auto-rows-fr gap-2">
      {metrics.map((metric) => {
        const target = targetWords(metric, locale);
        const { attained, pace, ahead } = metric.standing;
        return (
          <li
            key={metric.id}
            className="grid min-h-0 grid-cols-[minmax(0,8fr)_minmax(0,6fr)_6.5rem_11.5rem] items-center gap-8 rounded-card border border-line bg-card px-6"
          >
            <div className="min-w-0">
              <p className="truncate text-lg leading-tight font-semibold">{metric.name}</p>
              <p className="truncate text-muted">
                {target.short}
                {metric.task?.lead != null && ` · ${metric.task.lead.shortName}`}
              </p>
            </div>
            {attained === null ? (
              <p className="text-muted">{a("progress.silent")}</p>
            ) : (
              <PaceBar
                attained={attained}
                pace={pace}
                className="h-9"
                label={a("progress.bar", { target: target.long, percent: percentText(attained) })}
              />
            )}
            <p
              className={`text-right text-xl leading-tight font-semibold tabular-nums ${ahead !== null && ahead < 0 ? "text-warn" : ""}`}
            >
              {attained !== null && percentText(attained)}
            </p>
            <Outlook metric={metric} ahead={ahead} />
          </li>
        );
      })}
    </ul>
  );
}

interface OutlookProps {
  readonly metric: ProgressMetric;
  readonly ahead: number | null;
}

function Outlook({ metric, ahead }: OutlookProps) {
  const t = useMessages("wall");
  const a = useMessages("attention");
  const { forecast } = metric;
  const points = Math.floor(Math.abs(ahead ?? 0) * 10) / 10;
  return (
    <div className="leading-snug whitespace-nowrap tabular-nums">
      {ahead !== null && (
        <p className={ahead < 0 ? "text-warn" : "text-muted"}>
          {a(ahead < 0 ? "progress.behind" : "progress.ahead", { points })}
        </p>
      )}
      {forecast?.turnsRed != null ? (
        <p className="text-danger">
          ■ {a("progress.turnsRed", { month: formatPeriod(forecast.turnsRed) })}
        </p>
      ) : (
        forecast?.probability != null && (
          <p>{t("likely", { share: formatLikelihood(forecast.probability) })}</p>
        )
      )}
    </div>
  );
}
