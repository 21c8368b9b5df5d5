import { type MouseEvent, useRef, useState } from "react";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { IconButton } from "../../../ui/IconButton";
import { Light } from "../../../ui/Light";
import { Link } from "../../../ui/Link";
import { Menu } from "../../../ui/Menu";
import { TaskState } from "../../../ui/TaskState";
import { taskUrl } from "../../../ui/urls";
import { type ActName, type Offer, offerOf } from "../acts/acts";
import type { TaskRow } from "../queries";
import type { CardLife } from "./use-card-life";

/** What can be done with a card. */
export interface CardActions {
  readonly onDrag: (code: string | null) => void;
  readonly onOpen: (code: string) => void;
  readonly read: (code: string) => Promise<CardLife | null>;
  readonly onAct: (name: ActName) => void;
}

interface BoardCardProps extends CardActions {
  readonly task: TaskRow;
}

/** States that are the plain case of their column and need no word. */
const PLAIN: readonly string[] = ["DRAFT", "ASSIGNED", "IN_PROGRESS", "COMPLETION_SUBMITTED"];

/** One task on the board: dragged, or moved by its menu. */
export function BoardCard({ task, onDrag, onOpen, read, onAct }: BoardCardProps) {
  const t = useMessages("tasks");
  const open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onOpen(task.code);
  };
  return (
    <li
      draggable
      data-code={task.code}
      className="relative flex cursor-grab flex-col rounded-md border border-line bg-card px-2.5 py-2 shadow-card active:cursor-grabbing print:break-inside-avoid"
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", task.code);
        event.dataTransfer.effectAllowed = "move";
        onDrag(task.code);
      }}
      onDragEnd={() => onDrag(null)}
    >
      <div className="flex items-center justify-between gap-2">
        <span className="flex flex-wrap items-center gap-x-2 text-sm">
          <span className="text-muted tabular-nums">{task.code}</span>
          <Light {...task.light} />
        </span>
        <CardMenu code={task.code} read={read} onAct={onAct} onOpen={onOpen} />
      </div>
      <Link
        to={taskUrl(task.code)}
        draggable={false}
        className="line-clamp-2 leading-snug text-ink hover:underline"
        title={task.title}
        onClick={open}
      >
        {task.title}
      </Link>
      <p className="mt-auto flex flex-wrap items-baseline pt-1 justify-between gap-x-2 text-xs text-muted">
        <span>{task.lead?.shortName ?? t("lead.none")}</span>
        {task.deadline !== null && <span>{formatDate(task.deadline)}</span>}
      </p>
      {!PLAIN.includes(task.state) && (
        <p className="mt-1 text-sm">
          <TaskState state={task.state} />
        </p>
      )}
    </li>
  );
}

type CardMenuProps = Omit<CardActions, "onDrag"> & { readonly code: string };

/** What may be done with the card now, by the server's verdicts; and opening it. */
function CardMenu({ code, read, onAct, onOpen }: CardMenuProps) {
  const t = useMessages("tasks");
  const words = useMessages("life");
  const root = useRef<HTMLDivElement>(null);
  const [offer, setOffer] = useState<Offer | null>(null);
  const [isLeft, setLeft] = useState(true);
  const [isReading, setReading] = useState(false);
  const toggle = async (): Promise<void> => {
    if (offer !== null || isReading) {
      setOffer(null);
      return;
    }
    setReading(true);
    const left = root.current?.getBoundingClientRect().left ?? 0;
    setLeft(left < innerWidth / 2);
    const card = await read(code);
    setReading(false);
    if (card !== null) setOffer(offerOf(card, card.plan?.viewerCanHandOut === true));
  };
  const acts =
    offer === null ? [] : [...(offer.main === null ? [] : [offer.main]), ...offer.others];
  return (
    <div ref={root} className="no-print relative -my-1 -mr-1">
      <IconButton
        icon="more"
        label={t("board.menu", { code })}
        aria-haspopup="menu"
        aria-expanded={offer !== null}
        aria-busy={isReading || undefined}
        onClick={() => void toggle()}
      />
      {offer !== null && (
        <Menu
          label={t("board.menu", { code })}
          root={root}
          isRightward={isLeft}
          onClose={(focusGoesBack) => {
            setOffer(null);
            if (focusGoesBack) root.current?.querySelector("button")?.focus();
          }}
          header={acts.length === 0 ? <p className="text-sm">{t("board.noAct")}</p> : undefined}
          items={[
            ...acts.map((act) => ({
              key: act.name,
              label: words(`act.${act.name}`),
              icon: "arrowRight" as const,
              onSelect: () => onAct(act.name),
            })),
            {
              key: "open",
              label: t("board.open"),
              icon: "external" as const,
              onSelect: () => onOpen(code),
            },
          ]}
        />
      )}
    </div>
  );
}
