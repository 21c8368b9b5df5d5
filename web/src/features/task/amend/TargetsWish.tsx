import { useMessages } from "../../../i18n/messages";
import { Checkbox } from "../../../ui/Checkbox";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { TextInput } from "../../../ui/TextInput";
import type { MetricData, TargetWish } from "./wish";
import { WishFold } from "./WishFold";

const COMPARATORS = [
  "AT_LEAST",
  "MORE_THAN",
  "REACH",
  "EQUAL",
  "ABOUT",
  "AT_MOST",
  "DONE",
] as const;

interface TargetsWishProps {
  readonly metrics: readonly MetricData[];
  readonly targets: ReadonlyMap<string, TargetWish>;
  readonly error: string | undefined;
  readonly onChange: (targets: ReadonlyMap<string, TargetWish>) => void;
}

/** The target of each metric as it is to be. */
export function TargetsWish({ metrics, targets, error, onChange }: TargetsWishProps) {
  const t = useMessages("amend");
  return (
    <WishFold title={t("field.TARGET")} error={error}>
      {metrics.map((metric) => {
        const wanted = targets.get(metric.id);
        if (wanted === undefined) return null;
        const change = (more: Partial<TargetWish>) =>
          onChange(new Map(targets).set(metric.id, { ...wanted, ...more }));
        return (
          <div key={metric.id} className="grid grid-cols-[8rem_minmax(0,1fr)] gap-2">
            <p className="col-span-2 text-sm">
              <span className="tabular-nums">{metric.code}</span> {metric.name}
            </p>
            <Field label={t("comparator")} isLabelHidden>
              <Select
                value={wanted.comparator}
                options={COMPARATORS.map((value) => ({
                  value,
                  label: t(`comparator.${value}`),
                }))}
                onChange={(comparator) => change({ comparator })}
              />
            </Field>
            <Field label={t("value", { unit: metric.unit ?? "" })} isLabelHidden>
              <TextInput
                value={wanted.value}
                inputMode="decimal"
                onChange={(value) => change({ value: value.trim() })}
              />
            </Field>
            <div className="col-span-2">
              <Checkbox
                isChecked={wanted.isEvidenceAsked}
                onChange={(isEvidenceAsked) => change({ isEvidenceAsked })}
              >
                {t("isEvidenceAsked")}
              </Checkbox>
            </div>
          </div>
        );
      })}
    </WishFold>
  );
}
