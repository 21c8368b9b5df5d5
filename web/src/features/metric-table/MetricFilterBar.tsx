import { useCallback } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { Toolbar } from "../../ui/Toolbar";
import { useTypedText } from "../../ui/use-typed-text";
import { leadsOf, type MetricFilters, type MetricRow } from "./rows";

const LEVELS = ["PROVINCE", "CITY", "COUNTY", "VENUE"] as const;
const OVER = ["SUM", "LATEST", "MAX", "AVERAGE"] as const;

interface MetricFilterBarProps {
  readonly rows: readonly MetricRow[];
  readonly filters: MetricFilters;
  readonly onChange: (filters: Readonly<Record<string, string | undefined>>) => void;
}

/** Filters of the table; each is part of the address. */
export function MetricFilterBar({ rows, filters, onChange }: MetricFilterBarProps) {
  const t = useMessages("metrics");
  const settle = useCallback((q: string) => onChange({ q }), [onChange]);
  const { input, setTyped } = useTypedText(filters.q ?? "", settle);
  const leads = leadsOf(rows).map((lead) => ({
    value: lead.code,
    label: t("filter.leadCount", { name: lead.shortName, count: lead.count }),
  }));
  const isFiltered = Object.values(filters).some((value) => value !== undefined && value !== "");
  return (
    <Toolbar label={t("filter.label")}>
      <TextInput
        {...input}
        type="search"
        data-search=""
        aria-label={t("filter.text")}
        placeholder={t("filter.text")}
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
