import { useEffect, useRef, useState } from "react";
import { useQuery } from "urql";
import { PaceBar } from "../../../charts/PaceBar";
import { byStanding, percentText, type Standing } from "../../../features/progress/progress";
import { type ProgressMetric, ProgressQuery } from "../../../features/progress/queries";
import { formatFigure } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { formatPeriod } from "../../../i18n/period";
import { usePreferences } from "../../../i18n/preferences";
import { formatLikelihood } from "../../../i18n/share";
import { targetWords } from "../../../i18n/targets";
import { ErrorState } from "../../../states/ErrorState";
import { Card } from "../../../ui/Card";
import { Link } from "../../../ui/Link";
import { Skeleton } from "../../../ui/Skeleton";
import { Status } from "../../../ui/Status";
import { metricsUrl, metricUrl } from "../../../ui/urls";

/** Targets listed; the others are on their own page. */
const MOST = 10;

/** 指标进度: what is attained against the pace, where the year ends, and what is missing. */
export function ProgressCard({ plan }: { readonly plan: string }) {
  const t = useMessages("attention");
  const place = useRef<HTMLDivElement>(null);
  const isSeen = useIsSeen(place);
  return (
    <div ref={place}>
      <Card
        title={t("progress")}
        subtitle={t("progress.hint")}
        isFlush
        actions={
          <Link
            to={metricsUrl({ plan })}
            className="control inline-flex items-center text-sm text-link hover:underline"
          >
            {t("progress.all")}
          </Link>
        }
      >
        {isSeen ? <Targets plan={plan} /> : <div className="h-104" />}
      </Card>
    </div>
  );
}

/** Whether something has come into the window once: the start of the page asks for no more than it shows. */
function useIsSeen(element: React.RefObject<HTMLElement | null>): boolean {
  const [isSeen, setSeen] = useState(false);
  useEffect(() => {
    const found = element.current;
    if (found === null || isSeen) return;
    const observer = new IntersectionObserver((entries) => {
      if (entries.some((entry) => entry.isIntersecting)) setSeen(true);
    });
    observer.observe(found);
    return () => observer.disconnect();
  }, [element, isSeen]);
  return isSeen;
}

function Targets({ plan }: { readonly plan: string }) {
  const t = useMessages("attention");
  const [{ data, error }, read] = useQuery({
    query: ProgressQuery,
    variables: { plan },
    requestPolicy: "cache-and-network",
  });
  const found = data?.plan;
  if (found == null && error !== undefined) {
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  if (found == null) return <Skeleton className="m-4 h-96" />;
  const metrics = byStanding(
    // One figure seen from two tasks is listed once.
    found.metrics.edges.map((edge) => edge.node).filter((metric) => metric.sameAs === null),
    found.year,
  );
  if (metrics.length === 0) return <p className="p-4 text-muted">{t("progress.none")}</p>;
  const more = found.metrics.totalCount - Math.min(MOST, metrics.length);
  return (
    <>
      <ul aria-label={t("progress")} className="divide-y divide-line">
        {metrics.slice(0, MOST).map((metric) => (
          <Target key={metric.id} metric={metric} standing={metric.standing} />
        ))}
      </ul>
      {more > 0 && (
        <Link
          to={metricsUrl({ plan })}
          className="control flex min-h-row items-center border-t border-line px-4 text-link hover:underline"
        >
          {t("progress.more", { count: more })}
        </Link>
      )}
    </>
  );
}

interface TargetProps {
  readonly metric: ProgressMetric;
  readonly standing: Standing;
}

function Target({ metric, standing }: TargetProps) {
  const t = useMessages("attention");
  const { locale } = usePreferences();
  const target = targetWords(metric, locale);
  const { attained, pace } = standing;
  const { figures, task } = metric;
  return (
    <li className="grid items-center gap-x-5 gap-y-1 px-4 py-2 md:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_9.5rem_11rem_5rem] large:!grid-cols-1">
      <div className="min-w-0">
        <Link
          to={metricUrl(metric.code)}
          className="control inline-flex items-center leading-snug font-medium text-ink underline-offset-4 hover:underline"
        >
          {metric.name}
        </Link>
        <p className="caption text-sm text-muted">
          {target.short}
          {task?.lead != null && ` · ${task.lead.shortName}`}
        </p>
      </div>
      {attained === null ? (
        <p className="caption text-sm text-muted">{t("progress.silent")}</p>
      ) : (
        <PaceBar
          attained={attained}
          pace={pace}
          label={t("progress.bar", { target: target.long, percent: percentText(attained) })}
        />
      )}
      <p className="tabular-nums md:text-right">
        {attained !== null && <strong className="font-semibold">{percentText(attained)}</strong>}
        <Ahead standing={standing} />
      </p>
      <Outlook metric={metric} />
      <p className="text-sm tabular-nums md:text-right">
        {figures !== null && figures.missing > 0 && (
          <span className="text-warn">{t("progress.missing", { count: figures.missing })}</span>
        )}
      </p>
    </li>
  );
}

function Ahead({ standing }: { readonly standing: Standing }) {
  const t = useMessages("attention");
  const { ahead } = standing;
  if (ahead === null) return null;
  const points = Math.floor(Math.abs(ahead) * 10) / 10;
  return (
    <span
      className={`block text-sm max-md:ml-2 max-md:inline ${ahead < 0 ? "text-warn" : "text-muted"}`}
    >
      {t(ahead < 0 ? "progress.behind" : "progress.ahead", { points })}
    </span>
  );
}

function Outlook({ metric }: { readonly metric: ProgressMetric }) {
  const t = useMessages("attention");
  const { forecast } = metric;
  if (forecast?.expected == null) {
    return (
      <p className="caption text-sm text-muted">
        {forecast?.gap === "TOO_FEW_MONTHS" ? t("progress.tooFew") : t("progress.notForecast")}
      </p>
    );
  }
  return (
    <p className="text-sm tabular-nums">
      {t("progress.expected", { value: formatFigure(forecast.expected).text })}
      {forecast.turnsRed !== null ? (
        <Status
          shape="square"
          tone="danger"
          className="block max-md:ml-2 max-md:inline-flex"
          word={t("progress.turnsRed", { month: formatPeriod(forecast.turnsRed) })}
        />
      ) : (
        forecast.probability !== null && (
          <span className="block text-muted max-md:ml-2 max-md:inline">
            {t("progress.likely", { share: formatLikelihood(forecast.probability) })}
          </span>
        )
      )}
    </p>
  );
}
