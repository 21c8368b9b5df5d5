import { useEffect, useEffectEvent } from "react";
import { CELL_OF, CELLS, type Cell, faultsOf } from "./cells";
import { isEditable, type Row } from "./sheet-state";

/** The cell of a row that waits: to be mended, else to be filled in, else the first text. */
export function openCell(row: Pick<Row, "report" | "cells">): Cell {
  const toMend = (row.report?.remark?.cells ?? []).map((one) => CELL_OF[one]);
  const faults = faultsOf(row.cells);
  return (
    CELLS.find((cell) => toMend.includes(cell)) ??
    CELLS.find((cell) => faults[cell] !== undefined) ??
    "progress"
  );
}

/** Goes to where a reminder leads: the cell of a task that waits, or its row when nothing does. */
export function useOpenCell(rows: readonly Row[], task: string | null): void {
  const go = useEffectEvent(() => {
    const index = rows.findIndex((row) => row.task.code === task);
    const row = rows[index];
    if (row === undefined) return;
    const name = isEditable(row) ? `${index}.${openCell(row)}` : "";
    const cell = document.querySelector<HTMLElement>(`[data-cell="${name}"]`);
    cell?.focus({ preventScroll: true });
    const place = cell ?? document.querySelector(`[data-sheet-row="${index}"]`);
    place?.scrollIntoView({ block: "center" });
  });
  useEffect(() => {
    if (task !== null) go();
  }, [task]);
}
