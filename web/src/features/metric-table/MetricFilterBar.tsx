import { useEffect, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { Toolbar } from "../../ui/Toolbar";
import { leadsOf, type MetricFilters, type MetricRow } from "./rows";

const LEVELS = ["PROVINCE", "CITY", "COUNTY", "VENUE"] as const;
const OVER = ["SUM", "LATEST", "MAX", "AVERAGE"] as const;
/** How long the address waits for the next keystroke, in milliseconds. */
const PAUSE = 200;

interface MetricFilterBarProps {
  readonly rows: readonly MetricRow[];
  readonly filters: MetricFilters;
  readonly onChange: (filters: Readonly<Record<string, string | undefined>>) => void;
}

/** Filters of the table; each is part of the address. */
export function MetricFilterBar({ rows, filters, onChange }: MetricFilterBarProps) {
  const t = useMessages("metrics");
  const [typed, setTyped] = useTyped(filters.q ?? "", (q) => onChange({ q }));
  const leads = leadsOf(rows).map((lead) => ({
    value: lead.code,
    label: t("filter.leadCount", { name: lead.shortName, count: lead.count }),
  }));
  const isFiltered = Object.values(filters).some((value) => value !== undefined && value !== "");
  return (
    <Toolbar label={t("filter.label")}>
      <TextInput
        type="search"
        aria-label={t("filter.text")}
        placeholder={t("filter.text")}
        value={typed}
        onChange={setTyped}
        className="sm:w-64"
      />
      <Select
        aria-label={t("column.lead")}
        value={filters.lead ?? ""}
        options={[{ value: "", label: t("filter.anyLead") }, ...leads]}
        onChange={(lead) => onChange({ lead })}
        className="max-sm:w-[calc(50%-0.25rem)] sm:w-auto"
      />
      <Select
        aria-label={t("column.level")}
        value={filters.level ?? ""}
        options={[
          { value: "", label: t("filter.anyLevel") },
          ...LEVELS.map((value) => ({ value: value as string, label: t(`level.${value}`) })),
        ]}
        onChange={(level) => onChange({ level })}
        className="max-sm:w-[calc(50%-0.25rem)] sm:w-auto"
      />
      <Select
        aria-label={t("filter.over")}
        value={filters.over ?? ""}
        options={[
          { value: "", label: t("filter.anyOver") },
          ...OVER.map((value) => ({ value: value as string, label: t(`over.${value}`) })),
        ]}
        onChange={(over) => onChange({ over })}
        className="max-sm:w-[calc(50%-0.25rem)] sm:w-auto"
      />
      {isFiltered && (
        <Button
          variant="quiet"
          onClick={() => {
            setTyped("");
            onChange({ q: undefined, lead: undefined, level: undefined, over: undefined });
          }}
        >
          {t("filter.clear")}
        </Button>
      )}
    </Toolbar>
  );
}

/** Text that is shown at once and handed on after a pause; not while an input method composes. */
function useTyped(value: string, onSettled: (text: string) => void) {
  const [typed, setTyped] = useState(value);
  const [seen, setSeen] = useState(value);
  if (seen !== value) {
    setSeen(value);
    setTyped(value);
  }
  useEffect(() => {
    if (typed === value) return undefined;
    const timer = setTimeout(() => onSettled(typed), PAUSE);
    return () => clearTimeout(timer);
  }, [typed, value, onSettled]);
  return [typed, setTyped] as const;
}
