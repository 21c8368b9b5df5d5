import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { formatPeriod, periodBefore } from "../../i18n/period";
import { useAsOfDay } from "../../ui/as-of";
import { Select } from "../../ui/Select";

/** Months that are offered. */
const MONTHS = 12;

interface PeriodSelectProps {
  readonly value: string;
  readonly onChange: (period: string) => void;
}

/** Which month is looked at: that of the day shown and those before. */
export function PeriodSelect({ value, onChange }: PeriodSelectProps) {
  const t = useMessages("report");
  const { today } = useToday();
  const day = useAsOfDay();
  const newest = (day ?? today)?.slice(0, 7) ?? value;
  const months = Array.from({ length: MONTHS }, (_, steps) => periodBefore(newest, steps));
  const shown = months.includes(value) ? months : [value, ...months];
  return (
    <Select
      aria-label={t("month")}
      className="w-40"
      value={value}
      options={shown.map((one) => ({ value: one, label: formatPeriod(one) }))}
      onChange={onChange}
    />
  );
}
