import { useMessages } from "../../i18n/messages";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";

const DAYS = ["1", "2", "3", "5", "7", "10", "15", "20"] as const;

interface DaysSelectProps {
  readonly value: number;
  readonly error?: string | undefined;
  readonly onChange: (days: number) => void;
}

/** Working days to reply. */
export function DaysSelect({ value, error, onChange }: DaysSelectProps) {
  const t = useMessages("notices");
  const chosen = DAYS.find((one) => Number(one) === value) ?? "3";
  return (
    <Field label={t("days")} error={error} className="w-44">
      <Select
        value={chosen}
        options={DAYS.map((one) => ({ value: one, label: t("days.option", { count: one }) }))}
        onChange={(one) => onChange(Number(one))}
      />
    </Field>
  );
}
