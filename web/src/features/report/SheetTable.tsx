import { Fragment } from "react";
import { useMessages } from "../../i18n/messages";
import { CELLS } from "./cells";
import type { SheetExtra } from "./extra";
import { SheetCell } from "./SheetCell";
import { SheetTask } from "./SheetTask";
import { useWriting } from "./use-writing";
import type { Sheet } from "./use-sheet";

const WIDTHS = {
  selfAssessment: "w-[9%]",
  progress: "w-[26%]",
  problems: "w-[16%]",
  nextSteps: "w-[16%]",
  supportNeeded: "w-[14%]",
} as const;

interface SheetTableProps {
  readonly sheet: Sheet;
  readonly extra: SheetExtra | null;
}

/** The whole sheet as one grid, for wide screens. */
export function SheetTable({ sheet, extra }: SheetTableProps) {
  const t = useMessages("report");
  const writing = useWriting(sheet);
  return (
    <table className="w-full table-fixed border-collapse text-left">
      <caption className="sr-only">{t("table")}</caption>
      <thead>
        <tr className="border-b border-line text-sm text-muted">
          <th scope="col" className="h-10 px-4 font-medium">
            {t("task")}
          </th>
          {CELLS.map((cell) => (
            <th key={cell} scope="col" className={`${WIDTHS[cell]} px-1.5 font-medium last:pr-4`}>
              {t(`cell.${cell}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {sheet.rows.map((row, index) => {
          const under = extra?.underTask(row.task.code) ?? null;
          return (
            <Fragment key={row.task.id}>
              <tr
                data-sheet-row={index}
                className={`align-top ${under === null ? "border-b border-line last:border-b-0" : ""}`}
              >
                <th scope="row" className="px-4 py-2.5 font-normal">
                  <SheetTask row={row} sheet={sheet} />
                </th>
                {CELLS.map((cell) => (
                  <td key={cell} className="px-1.5 py-2.5 last:pr-4">
                    <SheetCell row={row} index={index} cell={cell} {...writing(row, index, cell)} />
                  </td>
                ))}
              </tr>
              {under !== null && (
                <tr className="border-b border-line last:border-b-0">
                  <td colSpan={CELLS.length + 1} className="px-4 pb-3">
                    {under}
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
