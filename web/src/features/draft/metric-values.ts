import { findNumbers, halfWidth } from "./chinese-number";
import type { DraftMetricData } from "./fragments";
import type { ComparatorName } from "./metric-prefill";

/** What a metric form holds; empty strings where nothing is typed. */
export interface MetricValues {
  readonly name: string;
  readonly value: string;
  readonly unit: string;
  readonly comparator: ComparatorName;
  readonly by: string;
  readonly isPerYear: boolean;
  readonly isTentative: boolean;
  readonly timeAggregation: DraftMetricData["timeAggregation"];
  readonly treeAggregation: DraftMetricData["treeAggregation"];
  readonly reportingLevel: DraftMetricData["reportingLevel"];
  readonly isEvidenceAsked: boolean;
}

/** The form of a stored metric. */
export function valuesOf(metric: DraftMetricData): MetricValues {
  return {
    name: metric.name,
    value: metric.value,
    unit: metric.unit,
    comparator: metric.comparator,
    by: metric.by ?? "",
    isPerYear: metric.isPerYear,
    isTentative: metric.isTentative,
    timeAggregation: metric.timeAggregation,
    treeAggregation: metric.treeAggregation,
    reportingLevel: metric.reportingLevel,
    isEvidenceAsked: metric.isEvidenceAsked,
  };
}

/** An empty form. */
export const NEW_METRIC: MetricValues = {
  name: "",
  value: "",
  unit: "",
  comparator: "AT_LEAST",
  by: "",
  isPerYear: false,
  isTentative: false,
  timeAggregation: "SUM",
  treeAggregation: "SUM",
  reportingLevel: "PROVINCE",
  isEvidenceAsked: false,
};

/**
 * The figure as the API takes it: `300万`, `1,200` and full-width digits are worked out. What is
 * no single number is passed on as typed, so that the server says what is wrong.
 */
export function normalisedFigure(typed: string): string {
  const text = halfWidth(typed).trim();
  const [first, ...others] = findNumbers(text);
  const isWhole = first?.start === 0 && first.end === text.length && others.length === 0;
  return isWhole ? first.value : text;
}
