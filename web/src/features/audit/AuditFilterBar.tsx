import { useCallback } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { DateInput } from "../../ui/DateInput";
import { FilterChip } from "../../ui/FilterChip";
import { Select } from "../../ui/Select";
import { TextInput } from "../../ui/TextInput";
import { Toolbar } from "../../ui/Toolbar";
import { useTypedText } from "../../ui/use-typed-text";
import { type AuditFilters, isFiltered, NO_FILTERS } from "./filters";
import { KINDS, kindWords } from "./words";

interface AuditFilterBarProps {
  readonly filters: AuditFilters;
  /** Whose acts are shown, where one person was chosen and is known. */
  readonly actorName: string | undefined;
  readonly onChange: (change: Readonly<Record<string, string | undefined>>) => void;
}

const HALF = "max-sm:w-[calc(50%-0.25rem)] sm:w-auto";
const DAY = "flex items-center gap-2 max-sm:w-full";

/** Filters of the trail; each is part of the address. */
export function AuditFilterBar({ filters, actorName, onChange }: AuditFilterBarProps) {
  const t = useMessages("audit");
  const settle = useCallback((action: string) => onChange({ action }), [onChange]);
  const { input, setTyped } = useTypedText(filters.action, settle);
  return (
    <Toolbar label={t("filter.label")}>
      <Select
        aria-label={t("filter.outcome")}
        value={filters.outcome}
        options={[
          { value: "", label: t("filter.anyOutcome") },
          { value: "DONE", label: t("outcome.DONE") },
          { value: "REFUSED", label: t("outcome.REFUSED") },
        ]}
        onChange={(outcome) => onChange({ outcome })}
        className={HALF}
      />
      <Select
        aria-label={t("filter.kind")}
        value={filters.kind}
        options={[
          { value: "", label: t("filter.anyKind") },
          ...KINDS.map((value) => ({ value: value as string, label: kindWords(t, value) })),
        ]}
        onChange={(kind) => onChange({ kind })}
        className={HALF}
      />
      <TextInput
        {...input}
        type="search"
        data-search=""
        aria-label={t("filter.action")}
        placeholder={t("filter.action.example")}
        className="sm:w-64"
      />
      <div className={DAY}>
        <span aria-hidden="true" className="shrink-0 text-sm text-muted">
          {t("filter.from")}
        </span>
        <DateInput
          aria-label={t("filter.from")}
          value={filters.from}
          onChange={(from) => onChange({ from })}
        />
      </div>
      <div className={DAY}>
        <span aria-hidden="true" className="shrink-0 text-sm text-muted">
          {t("filter.to")}
        </span>
        <DateInput
          aria-label={t("filter.to")}
          value={filters.to}
          onChange={(to) => onChange({ to })}
        />
      </div>
      {filters.actor !== "" && (
        <FilterChip
          name={t("column.actor")}
          value={actorName ?? t("filter.oneActor")}
          removeLabel={t("filter.actor.remove")}
          onRemove={() => onChange({ actor: undefined })}
        />
      )}
      {filters.object !== "" && (
        <FilterChip
          name={t("column.object")}
          value={t("filter.oneObject")}
          removeLabel={t("filter.object.remove")}
          onRemove={() => onChange({ object: undefined })}
        />
      )}
      {isFiltered(filters) && (
        <Button
          variant="quiet"
          onClick={() => {
            setTyped("");
            onChange(NO_FILTERS);
          }}
        >
          {t("filter.clear")}
        </Button>
      )}
    </Toolbar>
  );
}
