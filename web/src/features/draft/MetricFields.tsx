import { useMessages } from "../../i18n/messages";
import { Checkbox } from "../../ui/Checkbox";
import { Field } from "../../ui/Field";
import { DateInput } from "../../ui/DateInput";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import type { RefusedFieldData } from "../../graphql/refused-field";
import type { MetricValues } from "./metric-values";
import { messageFor } from "../../graphql/outcome";

const COMPARATORS = [
  "AT_LEAST",
  "MORE_THAN",
  "REACH",
  "EQUAL",
  "ABOUT",
  "AT_MOST",
  "DONE",
] as const;
const OVER_TIME = ["SUM", "LATEST", "MAX", "AVERAGE"] as const;
const OVER_TREE = ["SUM", "AVERAGE", "WEIGHTED", "DISTINCT", "RATIO", "STAGE", "EXTERNAL"] as const;
const LEVELS = ["PROVINCE", "CITY", "COUNTY", "VENUE"] as const;

interface MetricFieldsProps {
  readonly values: MetricValues;
  readonly errors: readonly RefusedFieldData[];
  /** Whether aggregation and level may be set; a new metric gets them after it is there. */
  readonly hasMore: boolean;
  readonly onChange: (patch: Partial<MetricValues>) => void;
}

/** The fields of a metric; what is counted first, the rest in reading order. */
export function MetricFields({ values, errors, hasMore, onChange }: MetricFieldsProps) {
  const t = useMessages("draft");
  return (
    <div className="grid gap-3">
      <Field label={t("metric.name")} error={messageFor(errors, "name")}>
        <TextInput
          value={values.name}
          onChange={(name) => {
            onChange({ name });
          }}
        />
      </Field>
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <Field label={t("metric.comparator")} error={messageFor(errors, "comparator")}>
          <Select
            value={values.comparator}
            options={COMPARATORS.map((value) => ({ value, label: t(`comparator.${value}`) }))}
            onChange={(comparator) => {
              onChange({ comparator });
            }}
          />
        </Field>
        <Field label={t("metric.value")} error={messageFor(errors, "value")}>
          <TextInput
            value={values.value}
            inputMode="decimal"
            onChange={(value) => {
              onChange({ value });
            }}
          />
        </Field>
        <Field label={t("metric.unit")} error={messageFor(errors, "unit")}>
          <TextInput
            value={values.unit}
            onChange={(unit) => {
              onChange({ unit });
            }}
          />
        </Field>
        <Field label={t("metric.by")} error={messageFor(errors, "by")}>
          <DateInput
            value={values.by}
            onChange={(by) => {
              onChange({ by });
            }}
          />
        </Field>
      </div>
      <div className="flex flex-wrap gap-x-6 gap-y-2">
        <Checkbox
          isChecked={values.isTentative}
          onChange={(isTentative) => {
            onChange({ isTentative });
          }}
        >
          {t("metric.isTentative")}
        </Checkbox>
        <Checkbox
          isChecked={values.isPerYear}
          onChange={(isPerYear) => {
            onChange({ isPerYear });
          }}
        >
          {t("metric.isPerYear")}
        </Checkbox>
      </div>
      {hasMore && <MoreFields values={values} errors={errors} onChange={onChange} />}
    </div>
  );
}

/** How values add up and who reports them. */
function MoreFields({ values, errors, onChange }: Omit<MetricFieldsProps, "hasMore">) {
  const t = useMessages("draft");
  return (
    <details className="rounded-md border border-line p-3">
      <summary className="cursor-pointer text-sm">{t("metric.more")}</summary>
      <div className="mt-3 grid gap-3 sm:grid-cols-3">
        <Field label={t("metric.over")} error={messageFor(errors, "timeAggregation")}>
          <Select
            value={values.timeAggregation}
            options={OVER_TIME.map((value) => ({ value, label: t(`over.${value}`) }))}
            onChange={(timeAggregation) => {
              onChange({ timeAggregation });
            }}
          />
        </Field>
        <Field label={t("metric.across")} error={messageFor(errors, "treeAggregation")}>
          <Select
            value={values.treeAggregation}
            options={OVER_TREE.map((value) => ({ value, label: t(`across.${value}`) }))}
            onChange={(treeAggregation) => {
              onChange({ treeAggregation });
            }}
          />
        </Field>
        <Field label={t("metric.level")} error={messageFor(errors, "reportingLevel")}>
          <Select
            value={values.reportingLevel}
            options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))}
            onChange={(reportingLevel) => {
              onChange({ reportingLevel });
            }}
          />
        </Field>
      </div>
      <Checkbox
        isChecked={values.isEvidenceAsked}
        hint={t("metric.isEvidenceAsked.hint")}
        onChange={(isEvidenceAsked) => {
          onChange({ isEvidenceAsked });
        }}
      >
        {t("metric.isEvidenceAsked")}
      </Checkbox>
    </details>
  );
}
