import { useMessages } from "../../i18n/messages";
import { CELLS } from "./cells";
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

/** The whole sheet as one grid, for wide screens. */
export function SheetTable({ sheet }: { readonly sheet: Sheet }) {
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
        {sheet.rows.map((row, index) => (
          <tr
            key={row.task.id}
            data-sheet-row={index}
            className="border-b border-line align-top last:border-b-0"
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
        ))}
      </tbody>
    </table>
  );
}
