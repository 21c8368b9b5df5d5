import { type ClipboardEvent, useId } from "react";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { INPUT_CLASS } from "../../ui/Field";
import { ASSESSMENTS, type Assessment, type Cell, CELL_OF, faultsOf, LIMITS } from "./cells";
import { isBlock, readBlock } from "./paste";
import { isEditable, type Row } from "./sheet-state";
import { onCellKey } from "./use-cell-keys";

export interface SheetCellProps {
  readonly row: Row;
  readonly index: number;
  readonly cell: Cell;
  readonly onWrite: (value: string | Assessment | null) => void;
  /** A block of cells was pasted here. */
  readonly onBlock: (block: readonly (readonly string[])[]) => void;
}

/** One cell of the sheet, with what is wrong with it beside it. */
export function SheetCell({ row, index, cell, onWrite, onBlock }: SheetCellProps) {
  const t = useMessages("report");
  const id = useId();
  const fault = row.isTouched ? faultsOf(row.cells)[cell] : undefined;
  const refused = row.errors.find((error) => error.path.at(-1) === cell)?.message;
  const isToMend = row.report?.remark?.cells.some((one) => CELL_OF[one] === cell) === true;
  const label = `${row.task.code} ${t(`cell.${cell}`)}`;
  if (!isEditable(row)) return <StoredCell row={row} cell={cell} />;
  const message = refused ?? (fault === undefined ? undefined : t(`fault.${fault}`, limit(cell)));
  const shared = {
    "data-cell": `${index}.${cell}`,
    "aria-label": isToMend ? `${label} ${t("cell.mend")}` : label,
    "aria-invalid": message !== undefined || undefined,
    "aria-describedby": message === undefined ? undefined : id,
    className: classNames(
      INPUT_CLASS,
      "min-h-9 px-2 py-1.5 text-sm leading-relaxed",
      !row.isTouched && "text-muted",
      isToMend && "border-warn bg-warn-soft",
    ),
  };
  const onPaste = (event: ClipboardEvent): void => {
    const text = event.clipboardData.getData("text/plain");
    if (!isBlock(text)) return;
    event.preventDefault();
    onBlock(readBlock(text));
  };
  return (
    <>
      {cell === "selfAssessment" ? (
        <select
          {...shared}
          value={row.cells.selfAssessment ?? ""}
          onChange={(event) => onWrite(assessmentOf(event.target.value))}
          onKeyDown={(event) => onCellKey(event, index, cell)}
          onPaste={onPaste}
        >
          <option value="">{t("assessment.choose")}</option>
          {ASSESSMENTS.map((one) => (
            <option key={one} value={one}>
              {t(`assessment.${one}`)}
            </option>
          ))}
        </select>
      ) : (
        <textarea
          {...shared}
          rows={3}
          value={row.cells[cell]}
          className={`${shared.className} field-sizing-content max-h-60 min-h-20 resize-none`}
          onChange={(event) => onWrite(event.target.value)}
          onKeyDown={(event) => onCellKey(event, index, cell)}
          onPaste={onPaste}
        />
      )}
      {message !== undefined && (
        <p id={id} className="mt-0.5 text-xs text-danger">
          {message}
        </p>
      )}
    </>
  );
}

/** A cell of a report that waits for review or is accepted. */
function StoredCell({ row, cell }: Pick<SheetCellProps, "row" | "cell">) {
  const t = useMessages("report");
  if (cell === "selfAssessment") {
    const { selfAssessment } = row.cells;
    return (
      <p className="text-sm">{selfAssessment !== null && t(`assessment.${selfAssessment}`)}</p>
    );
  }
  return <p className="text-sm whitespace-pre-line">{row.cells[cell]}</p>;
}

function assessmentOf(value: string): Assessment | null {
  return ASSESSMENTS.find((one) => one === value) ?? null;
}

function limit(cell: Cell): { readonly most: number } {
  return { most: cell === "selfAssessment" ? 0 : LIMITS[cell] };
}
