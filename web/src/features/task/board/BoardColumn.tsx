import { useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import type { TaskRow } from "../queries";
import { BoardCard, type CardActions } from "./BoardCard";
import type { ColumnName } from "./columns";

interface BoardColumnProps extends CardActions {
  readonly name: ColumnName;
  readonly tasks: readonly TaskRow[];
  /** Code of the card that is being dragged. */
  readonly dragged: string | null;
  /** A phone shows one column at a time. */
  readonly isOnPhone: boolean;
  readonly onDrop: (code: string) => void;
}

/** Cards drawn at first, and more with each press. */
const STEP = 50;

/** One node of the closed loop with the tasks that stand there. */
export function BoardColumn({
  name,
  tasks,
  dragged,
  isOnPhone,
  onDrop,
  ...actions
}: BoardColumnProps) {
  const t = useMessages("tasks");
  const [most, setMost] = useState(STEP);
  const [isOver, setOver] = useState(false);
  return (
    <section
      aria-label={t(`board.${name}`)}
      data-column={name}
      className={classNames(
        "min-w-0 rounded-card border bg-sunken/60 p-2 transition-colors",
        isOver ? "border-info bg-info-soft" : "border-line",
        !isOnPhone && "max-md:hidden",
        dragged !== null && !isOver && "border-dashed border-line-strong",
      )}
      onDragOver={(event) => {
        if (dragged === null) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        if (dragged !== null) onDrop(dragged);
      }}
    >
      <h2 className="flex items-baseline justify-between px-1 pb-2 text-sm font-semibold">
        {t(`board.${name}`)}
        <span className="font-normal text-muted tabular-nums">{tasks.length}</span>
      </h2>
      {tasks.length === 0 && <p className="px-1 pb-2 text-sm text-muted">{t("board.none")}</p>}
      <ul className="grid gap-2">
        {tasks.slice(0, most).map((task) => (
          <BoardCard key={task.id} task={task} {...actions} />
        ))}
      </ul>
      {tasks.length > most && (
        <Button
          variant="quiet"
          size="small"
          className="mt-2 w-full"
          onClick={() => setMost(most + STEP)}
        >
          {t("board.more", { count: tasks.length - most })}
        </Button>
      )}
    </section>
  );
}
