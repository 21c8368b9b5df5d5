import { useState } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { classNames } from "../../../ui/class-names";
import type { TaskRow } from "../queries";
import { BoardCard, type CardActions } from "./BoardCard";
import { type ColumnName, pressingFirst, weightOf } from "./columns";

interface BoardColumnProps extends CardActions {
  readonly name: ColumnName;
  readonly tasks: readonly TaskRow[];
  /** Code of the card that is being dragged. */
  readonly dragged: string | null;
  /** A phone shows one column at a time. */
  readonly isOnPhone: boolean;
  readonly onDrop: (code: string) => void;
}

/** Cards drawn at first for each unit of width, and more with each press. */
const STEP = 12;

const WIDTH = {
  0: "md:w-11 md:flex-none md:self-stretch",
  1: "md:flex-1",
  2: "md:flex-2",
  4: "md:flex-4",
} as const;

/** One node of the closed loop with the tasks that stand there; an empty one is folded. */
export function BoardColumn({
  name,
  tasks,
  dragged,
  isOnPhone,
  onDrop,
  ...actions
}: BoardColumnProps) {
  const t = useMessages("tasks");
  const weight = weightOf(tasks.length);
  const step = STEP * Math.max(weight, 1);
  const [more, setMore] = useState(0);
  const most = step + more;
  const isFolded = weight === 0;
  const [isOver, setOver] = useState(false);
  return (
    <section
      aria-label={t(`board.${name}`)}
      data-column={name}
      className={classNames(
        "min-w-0 rounded-card border bg-sunken/60 p-2 transition-colors",
        isFolded ? "md:px-0" : "md:min-w-40",
        WIDTH[weight],
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
      <h2
        className={classNames(
          "flex items-baseline justify-between px-1 pb-2 text-sm font-semibold",
          isFolded &&
            "md:flex-col md:items-center md:justify-start md:gap-2 md:px-0 md:pt-1 md:font-normal md:text-muted",
        )}
      >
        <span className={isFolded ? "md:order-1 md:[writing-mode:vertical-rl]" : undefined}>
          {t(`board.${name}`)}
        </span>
        <span className="font-normal text-muted tabular-nums">{tasks.length}</span>
      </h2>
      {isFolded && <p className="px-1 pb-2 text-sm text-muted md:sr-only">{t("board.none")}</p>}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(13rem,100%),1fr))] gap-2">
        {pressingFirst(tasks)
          .slice(0, most)
          .map((task) => (
            <BoardCard key={task.id} task={task} {...actions} />
          ))}
      </ul>
      {tasks.length > most && (
        <Button
          variant="quiet"
          size="small"
          className="mt-2 w-full"
          onClick={() => setMore(more + step)}
        >
          {t("board.more", { count: tasks.length - most })}
        </Button>
      )}
    </section>
  );
}
