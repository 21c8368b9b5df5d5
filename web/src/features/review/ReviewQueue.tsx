import { useEffect, useRef } from "react";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { classNames } from "../../ui/class-names";
import { isBatchable, itemKey } from "./items";
import type { ReviewItemData } from "./queries";

interface ReviewQueueProps {
  readonly items: readonly ReviewItemData[];
  readonly chosen: string | null;
  readonly picked: ReadonlySet<string>;
  readonly onChoose: (item: ReviewItemData) => void;
  readonly onPick: (item: ReviewItemData, isPicked: boolean) => void;
}

/** What waits, what has waited too long on top; reports can be picked for acceptance together. */
export function ReviewQueue({ items, chosen, picked, onChoose, onPick }: ReviewQueueProps) {
  const t = useMessages("review");
  const canPick = items.some(isBatchable);
  return (
    <ul aria-label={t("queue")} className="grid content-start">
      {items.map((item) => {
        const key = itemKey(item);
        return (
          <li
            key={key}
            className={classNames(
              "flex border-b border-line last:border-b-0",
              key === chosen && "bg-sunken shadow-[inset_3px_0_0_var(--brand)]",
            )}
          >
            {canPick && (
              <span className="no-print grid w-9 shrink-0 place-items-stretch pointer-coarse:w-11">
                {isBatchable(item) && (
                  <label className="control grid place-items-center">
                    <input
                      type="checkbox"
                      aria-label={t("pick", { code: item.task.code })}
                      className="size-4 accent-(--brand)"
                      checked={picked.has(key)}
                      onChange={(event) => onPick(item, event.target.checked)}
                    />
                  </label>
                )}
              </span>
            )}
            <QueueEntry item={item} isChosen={key === chosen} onChoose={() => onChoose(item)} />
          </li>
        );
      })}
    </ul>
  );
}

interface QueueEntryProps {
  readonly item: ReviewItemData;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

function QueueEntry({ item, isChosen, onChoose }: QueueEntryProps) {
  const t = useMessages("review");
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isChosen) button.current?.scrollIntoView({ block: "nearest" });
  }, [isChosen]);
  return (
    <button
      ref={button}
      type="button"
      aria-current={isChosen ? "true" : undefined}
      className="control grid min-w-0 flex-1 gap-0.5 px-2 py-2 text-left hover:bg-sunken/60"
      onClick={onChoose}
    >
      <span className="flex flex-wrap items-center gap-1.5 pl-1">
        <Badge tone="info">{t(`kind.${item.kind}`)}</Badge>
        <span className="text-sm font-medium tabular-nums">{item.task.code}</span>
        {item.isOverdue && <Badge tone="warning">{t("overdue")}</Badge>}
        {item.report?.isLate === true && <Badge tone="warning">{t("late")}</Badge>}
        {item.isOwn && <Badge>{t("own")}</Badge>}
      </span>
      <span className="truncate pl-1 text-sm">{item.task.title}</span>
      <span className="pl-1 text-xs text-muted">
        {t("since", {
          department: item.department?.shortName ?? "",
          day: formatDateTime(item.since),
        })}
      </span>
    </button>
  );
}
