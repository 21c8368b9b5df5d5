import { type ClipboardEvent, type KeyboardEvent, useRef } from "react";
import { useMessages } from "../../i18n/messages";
import type { Entry, Typed } from "./entries";
import { entryOf } from "./entries";
import { HandOutRow } from "./HandOutRow";
import type { HandOutRowData } from "./queries";
import type { RowOutcome } from "./use-hand-out";

interface HandOutTableProps {
  readonly rows: readonly HandOutRowData[];
  readonly typed: Typed;
  readonly selected: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, RowOutcome>;
  readonly today: string | null;
  readonly onSelect: (ids: readonly string[], isSelected: boolean) => void;
  readonly onType: (id: string, change: Partial<Entry>) => void;
  /** Gives the deadline of this row to those below it, or to the selected ones. */
  readonly onFill: (index: number) => void;
  /** A column of a spreadsheet, from this row on. */
  readonly onPaste: (index: number, text: string) => void;
}

const HEADS = ["task", "departments", "people", "deadline", "standing", "milestones"] as const;

/**
 * Every task that waits, one row each. In a date: Enter goes a row down, Shift Enter up, Ctrl D
 * fills downwards, and a column copied from a spreadsheet is pasted from there on.
 */
export function HandOutTable(props: HandOutTableProps) {
  const { rows, typed, selected, outcomes, today, onSelect, onType, onFill, onPaste } = props;
  const t = useMessages("handOut");
  const body = useRef<HTMLTableSectionElement>(null);
  const open = rows.filter((row) => outcomes.get(row.id)?.kind !== "done");
  const isAll = open.length > 0 && open.every((row) => selected.has(row.id));

  const dates = (): HTMLElement[] => [
    ...(body.current?.querySelectorAll<HTMLElement>("input[type=date]") ?? []),
  ];
  const onKeyDown = (index: number, event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "d") {
      event.preventDefault();
      onFill(index);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const all = dates();
      all[all.indexOf(event.currentTarget) + (event.shiftKey ? -1 : 1)]?.focus();
    }
  };
  const onDatePaste = (index: number, event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (text.trim() === "") return;
    event.preventDefault();
    onPaste(index, text);
  };

  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{t("table")}</caption>
      <thead className="sticky top-14 z-10 max-md:static max-md:block [&_th]:bg-card [&_th:first-child]:rounded-tl-card [&_th:last-child]:rounded-tr-card">
        <tr className="max-md:block">
          <th
            scope="col"
            className="h-10 w-10 border-b border-line pl-4 max-md:block max-md:w-auto"
          >
            <label className="control inline-flex items-center gap-2 text-sm font-medium">
              <input
                type="checkbox"
                aria-label={t("select.all")}
                checked={isAll}
                className="size-4 accent-(--brand)"
                onChange={(event) =>
                  onSelect(
                    open.map((row) => row.id),
                    event.target.checked,
                  )
                }
              />
              <span className="md:hidden">{t("select.all")}</span>
            </label>
          </th>
          {HEADS.map((head) => (
            <th
              key={head}
              scope="col"
              className="h-10 border-b border-line px-3 text-sm font-medium whitespace-nowrap text-muted max-md:sr-only"
            >
              {t(`column.${head}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody ref={body} className="max-md:block">
        {rows.map((row, index) => (
          <HandOutRow
            key={row.id}
            row={row}
            entry={entryOf(row, typed)}
            outcome={outcomes.get(row.id)}
            isSelected={selected.has(row.id)}
            isLast={index === rows.length - 1}
            today={today}
            onSelect={(isSelected) => onSelect([row.id], isSelected)}
            onType={(change) => onType(row.id, change)}
            onFill={() => onFill(index)}
            onKeyDown={(event) => onKeyDown(index, event)}
            onPaste={(event) => onDatePaste(index, event)}
          />
        ))}
      </tbody>
    </table>
  );
}
