import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { CELLS } from "./cells";
import type { SheetExtra } from "./extra";
import { SheetCell } from "./SheetCell";
import { SheetTask } from "./SheetTask";
import { useWriting } from "./use-writing";
import type { Sheet } from "./use-sheet";

interface SheetCardsProps {
  readonly sheet: Sheet;
  /** The code of the task to begin with. */
  readonly task: string | null;
  readonly extra: SheetExtra | null;
}

/** The sheet as one card at a time, for narrow screens. */
export function SheetCards({ sheet, task, extra }: SheetCardsProps) {
  const t = useMessages("report");
  const writing = useWriting(sheet);
  const begin = sheet.rows.findIndex((row) => row.task.code === task);
  const [at, setAt] = useState(Math.max(begin, 0));
  const index = Math.min(at, sheet.rows.length - 1);
  const row = sheet.rows[index];
  if (row === undefined) return null;
  const turn = (step: number): void => {
    setAt(index + step);
    scrollTo({ top: 0 });
  };
  return (
    <Card>
      <nav aria-label={t("cards")} className="mb-3 flex items-center justify-between gap-2">
        <Button icon="arrowLeft" disabled={index === 0} onClick={() => turn(-1)}>
          {t("cards.previous")}
        </Button>
        <span aria-live="polite" className="text-sm tabular-nums text-muted">
          {t("cards.at", { at: index + 1, all: sheet.rows.length })}
        </span>
        <Button
          icon="arrowRight"
          disabled={index === sheet.rows.length - 1}
          onClick={() => turn(1)}
        >
          {t("cards.next")}
        </Button>
      </nav>
      <div className="grid gap-3" data-sheet-row={index}>
        <SheetTask row={row} sheet={sheet} />
        {CELLS.map((cell) => (
          <div key={cell}>
            <p aria-hidden="true" className="mb-1 text-sm font-medium">
              {t(`cell.${cell}`)}
            </p>
            <SheetCell row={row} index={index} cell={cell} {...writing(row, index, cell)} />
          </div>
        ))}
        {extra?.underTask(row.task.code)}
      </div>
    </Card>
  );
}
