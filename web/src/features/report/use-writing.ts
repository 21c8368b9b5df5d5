import { useMessages } from "../../i18n/messages";
import { ASSESSMENTS, type Assessment, type Cell } from "./cells";
import { placeBlock } from "./paste";
import type { Row } from "./sheet-state";
import type { SheetCellProps } from "./SheetCell";
import type { Sheet } from "./use-sheet";

/** How a cell of a row is written: by hand, or by a block that is pasted from it on. */
export function useWriting(
  sheet: Sheet,
): (row: Row, index: number, cell: Cell) => Pick<SheetCellProps, "onWrite" | "onBlock"> {
  const t = useMessages("report");
  return (row, index, cell) => ({
    onWrite: (value) => sheet.write(row.task.code, { [cell]: value }),
    onBlock: (block) => {
      const words = new Map<string, Assessment>(
        ASSESSMENTS.map((one) => [t(`assessment.${one}`), one]),
      );
      for (const one of placeBlock(block, { row: index, cell }, sheet.rows.length, words)) {
        const code = sheet.rows[one.row]?.task.code;
        if (code !== undefined) sheet.write(code, { [one.cell]: one.value });
      }
    },
  });
}
