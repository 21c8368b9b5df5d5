import { paceOf } from "../metric/months";

/** What the standing of a target follows from. */
export interface StandingFigures {
  readonly value: string;
  readonly by: string | null;
  readonly comparator: string;
  readonly timeAggregation: string;
  readonly figures: { readonly attainment: string | null; readonly until: string } | null;
}

/** A target beside an even pace, both in percent of the target. */
export interface Standing {
  readonly attained: number | null;
  /** Where an even pace would be at the end of the month; null where none is meant. */
  readonly pace: number | null;
  /** Attained less pace. */
  readonly ahead: number | null;
}

/** Comparators that more of the figure brings nearer. */
const GROWING: readonly string[] = ["AT_LEAST", "MORE_THAN", "EQUAL", "REACH", "ABOUT"];

/** How a target stands; a ceiling and a figure that does not add up over the year have no pace. */
export function standingOf(metric: StandingFigures, year: number): Standing {
  const { figures } = metric;
  const attained = figures?.attainment == null ? null : Number(figures.attainment);
  const months = GROWING.includes(metric.comparator) ? paceOf(metric, year) : null;
  const month = Number(figures?.until.slice(5, 7) ?? 0);
  const due = months?.[month - 1];
  const target = Number(metric.value);
  const pace = due === undefined || target === 0 ? null : (due / target) * 100;
  return { attained, pace, ahead: attained === null || pace === null ? null : attained - pace };
}

/** The furthest behind first; those without a pace keep their order after the others. */
export function byStanding<Metric extends StandingFigures>(
  metrics: readonly Metric[],
  year: number,
): readonly (Metric & { readonly standing: Standing })[] {
  return metrics
    .map((metric) => ({ ...metric, standing: standingOf(metric, year) }))
    .toSorted(
      (one, other) =>
        (one.standing.ahead ?? Number.POSITIVE_INFINITY) -
          (other.standing.ahead ?? Number.POSITIVE_INFINITY) || 0,
    );
}

/** Percent for people: one place, never rounded up. */
export function percentText(percent: number): string {
  return `${String(Math.floor(percent * 10) / 10)}%`;
}
