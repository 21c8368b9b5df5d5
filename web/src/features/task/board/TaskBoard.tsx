import { useState } from "react";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { showToast } from "../../../ui/Toast";
import { offerOf } from "../acts/acts";
import { useActDialog } from "../acts/use-act-dialog";
import type { TaskRow } from "../queries";
import { BoardColumn } from "./BoardColumn";
import { COLUMNS, type ColumnName, columnsOf, dropOn } from "./columns";
import { useCardLife } from "./use-card-life";

interface TaskBoardProps {
  readonly tasks: readonly TaskRow[];
  /** Opens a task beside the board. */
  readonly onOpen: (code: string) => void;
}

/** The tasks in the columns of the closed loop; a card moves by an act, never by itself. */
export function TaskBoard({ tasks, onOpen }: TaskBoardProps) {
  const t = useMessages("tasks");
  const { today } = useToday();
  const { life, read } = useCardLife();
  const [dragged, setDragged] = useState<string | null>(null);
  const { open, dialog } = useActDialog({
    task: life,
    today,
    reload: () => {
      if (life !== null) void read(life.code);
    },
  });
  const columns = columnsOf(tasks);
  const [shown, setShown] = useState<ColumnName>(
    () => COLUMNS.find((name) => (columns.get(name)?.length ?? 0) > 0) ?? "handOut",
  );

  const drop = async (column: ColumnName, code: string): Promise<void> => {
    setDragged(null);
    const card = await read(code);
    if (card === null) return;
    const offer = offerOf(card, card.plan?.viewerCanHandOut === true);
    const allowed = offer.main === null ? offer.others : [offer.main, ...offer.others];
    const ended = dropOn(column, allowed, [...offer.blocked, ...offer.rest]);
    if (ended.kind === "act") open(ended.name);
    else showToast({ tone: "warning", message: ended.reason ?? t("board.noWay") });
  };

  return (
    <section aria-label={t("layout.board")}>
      <p className="no-print mb-2 text-sm text-muted">{t("board.hint")}</p>
      <SegmentedControl
        label={t("board.column")}
        value={shown}
        options={COLUMNS.map((value) => ({
          value,
          label: t("kind.count", {
            name: t(`board.${value}`),
            count: columns.get(value)?.length ?? 0,
          }),
        }))}
        onChange={setShown}
        className="mb-2 md:!hidden"
      />
      <div className="grid items-start gap-3 md:flex md:flex-wrap">
        {COLUMNS.map((name) => (
          <BoardColumn
            key={name}
            name={name}
            isOnPhone={name === shown}
            tasks={columns.get(name) ?? []}
            dragged={dragged}
            onDrag={setDragged}
            onDrop={(code) => void drop(name, code)}
            onOpen={onOpen}
            read={read}
            onAct={open}
          />
        ))}
      </div>
      {dialog}
    </section>
  );
}
