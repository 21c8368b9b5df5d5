import { type ClipboardEvent, type KeyboardEvent, useId } from "react";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { INPUT_CLASS } from "../../ui/Field";
import { shapeOf, type FigureRow } from "./figure-state";
import { goTo } from "./figure-keys";
import { type Column, pastedFigures } from "./paste-figures";
import type { FigureSheet } from "./use-figures";

interface FigureCellProps {
  readonly row: FigureRow;
  readonly index: number;
  readonly sheet: FigureSheet;
  readonly column: Column;
  readonly label: string;
  readonly unit?: string;
  readonly hint?: string;
  readonly value: string;
  /** The value follows from another cell. */
  readonly isDerived?: boolean;
  readonly message: string | undefined;
  readonly onWrite: (value: string) => void;
}

const WIDTHS: Readonly<Record<Column, string>> = {
  month: "w-36",
  total: "w-36",
  base: "w-36",
  names: "min-w-56 flex-1",
  reason: "w-full max-w-xl",
};

/** One cell of a figure, with what is wrong with it under it. */
export function FigureCell(props: FigureCellProps) {
  const { row, index, sheet, column, label, unit, hint, value, message, onWrite } = props;
  const t = useMessages("figures");
  const id = useId();
  const isDerived = props.isDerived === true && value !== "";
  const shared = {
    "data-figure": `${index}.${column}`,
    "aria-label": `${row.metric.name} ${label}`,
    "aria-invalid": message !== undefined || undefined,
    "aria-describedby": message === undefined ? undefined : id,
    value,
    className: classNames(
      INPUT_CLASS,
      "min-h-9 px-2 text-sm tabular-nums",
      isDerived && "text-muted italic",
    ),
    onPaste: (event: ClipboardEvent) => {
      const text = event.clipboardData.getData("text/plain");
      const placed = pastedFigures(text, { index, column }, sheet.rows);
      if (placed === null) return;
      event.preventDefault();
      for (const one of placed) sheet.write(one.code, one.typed);
    },
  };
  return (
    <div className={WIDTHS[column]}>
      <p aria-hidden="true" className="mb-0.5 flex justify-between gap-2 text-sm text-muted">
        <span>{label}</span>
        <span>{isDerived ? t("derived") : unit}</span>
      </p>
      {column === "names" ? (
        <textarea
          {...shared}
          rows={1}
          placeholder={hint}
          className={`${shared.className} field-sizing-content max-h-40 resize-none py-1.5`}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => onKey(event, index, column)}
        />
      ) : (
        <input
          {...shared}
          type="text"
          inputMode={column === "reason" ? undefined : "decimal"}
          autoComplete="off"
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => onKey(event, index, column)}
          onFocus={(event) => {
            if (column !== "reason") event.target.select();
          }}
        />
      )}
      {message !== undefined && (
        <p id={id} role="alert" className="mt-0.5 text-xs text-danger">
          {message}
        </p>
      )}
      {column === "month" && shapeOf(row.metric).hasBase && (
        <p className="mt-0.5 text-xs text-muted">{t("numerator.hint")}</p>
      )}
    </div>
  );
}

/** Enter and the arrows up and down go to the next figure; keys of an input method are left alone. */
function onKey(
  event: KeyboardEvent<HTMLInputElement | HTMLTextAreaElement>,
  index: number,
  column: Column,
): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const isArea = event.currentTarget instanceof HTMLTextAreaElement;
  if (event.shiftKey || (isArea && event.key !== "Enter")) return;
  const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  if (goTo(index, column, step) || event.key === "Enter") event.preventDefault();
}
