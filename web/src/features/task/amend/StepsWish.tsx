import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TextInput } from "../../../ui/TextInput";
import type { StepWish } from "./wish";
import { WishFold } from "./WishFold";

interface StepsWishProps {
  readonly steps: readonly StepWish[];
  readonly error: string | undefined;
  readonly onChange: (steps: readonly StepWish[]) => void;
}

/** Open milestones as they are to be, and new ones. */
export function StepsWish({ steps, error, onChange }: StepsWishProps) {
  const t = useMessages("amend");
  const change = (key: string, more: Partial<StepWish>) =>
    onChange(steps.map((one) => (one.key === key ? { ...one, ...more } : one)));
  const add = () => {
    const key = `new-${String(steps.length)}`;
    onChange([...steps, { key, id: null, title: "", dueOn: "" }]);
  };
  return (
    <WishFold title={t("field.MILESTONE")} error={error}>
      {steps.map((step, index) => (
        <div key={step.key} className="grid gap-2 sm:grid-cols-[minmax(0,1fr)_11rem]">
          <Field label={t("step.title", { number: index + 1 })}>
            <TextInput value={step.title} onChange={(title) => change(step.key, { title })} />
          </Field>
          <Field label={t("step.dueOn")}>
            <DateInput value={step.dueOn} onChange={(dueOn) => change(step.key, { dueOn })} />
          </Field>
        </div>
      ))}
      <Button size="small" icon="plus" className="justify-self-start" onClick={add}>
        {t("step.add")}
      </Button>
    </WishFold>
  );
}
