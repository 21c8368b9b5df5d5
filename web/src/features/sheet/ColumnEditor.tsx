import { useId, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Select } from "../../ui/Select";
import type { SheetCheckData, SheetField } from "./queries";
import type { ColumnChoice } from "./use-sheet-file";

/** What a column can be said to be, those that matter first. */
const FIELDS: readonly SheetField[] = [
  "METRIC",
  "DEPARTMENT",
  "VALUE",
  "RUNNING_TOTAL",
  "BASE",
  "THINGS",
  "NOT_APPLICABLE",
  "REASON",
  "PERIOD",
  "VERSION",
  "TASK",
  "NAME",
  "UNIT",
  "TARGET",
  "YEAR_SO_FAR",
];

/** Findings that are mended by saying what headings mean. */
const ASKS = ["SHEET_NO_HEADER", "SHEET_UNKNOWN_COLUMN", "SHEET_DOUBLE_COLUMN"];

interface ColumnEditorProps {
  readonly check: SheetCheckData;
  /** What was said by hand before. */
  readonly chosen: readonly ColumnChoice[];
  readonly unitName: string;
  readonly onMean: (columns: readonly ColumnChoice[]) => void;
}

/** What each heading was taken for, to be said by hand; open where the server asks. */
export function ColumnEditor({ check, chosen, unitName, onMean }: ColumnEditorProps) {
  const t = useMessages("sheets");
  const id = useId();
  const [columns, setColumns] = useState<readonly ColumnChoice[]>(() => check.columns);
  const isAsked = check.findings.some((one) => ASKS.includes(one.code));
  const isSame = JSON.stringify(columns) === JSON.stringify(check.columns);
  if (columns.length === 0) return null;
  return (
    <details
      open={isAsked || chosen.length > 0}
      className="no-print rounded-md border border-line px-3 py-2"
    >
      <summary className="control cursor-pointer font-medium">{t("columns")}</summary>
      <p className="mt-1 text-sm text-muted">
        {t("columns.detail")} {t("columns.remember", { unit: unitName })}
      </p>
      <ul className="mt-2 grid gap-x-8 gap-y-2 sm:grid-cols-2 xl:grid-cols-3">
        {columns.map(({ heading, field }, index) => (
          <li key={heading} className="flex items-center gap-2">
            <span id={`${id}-${String(index)}`} className="min-w-0 flex-1 truncate" title={heading}>
              {heading}
            </span>
            <span aria-hidden="true" className="text-muted">
              →
            </span>
            <Select
              aria-labelledby={`${id}-${String(index)}`}
              data-heading={heading}
              className="w-40 shrink-0"
              value={field ?? ""}
              options={[
                { value: "", label: t("field.none") },
                ...FIELDS.map((value) => ({ value, label: t(`field.${value}`) })),
              ]}
              onChange={(value) =>
                setColumns(
                  columns.map((one) =>
                    one.heading === heading ? { heading, field: value === "" ? null : value } : one,
                  ),
                )
              }
            />
          </li>
        ))}
      </ul>
      <Button className="mt-3" disabled={isSame} onClick={() => onMean(columns)}>
        {t("columns.apply")}
      </Button>
    </details>
  );
}
