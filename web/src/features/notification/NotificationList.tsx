import { useRef } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { IconButton } from "../../ui/IconButton";
import { useRowKeys } from "../../ui/use-row-keys";
import { byDay } from "./days";
import type { NotificationData } from "./queries";

interface NotificationListProps {
  readonly items: readonly NotificationData[];
  readonly onRead: (ids: readonly string[]) => void;
}

/** What one is told, grouped by day; each leads to where one goes on. */
export function NotificationList({ items, onRead }: NotificationListProps) {
  const body = useRef<HTMLDivElement>(null);
  useRowKeys(body, {
    count: items.length,
    isHeading: () => false,
    scrollTo: (index) => {
      const row = body.current?.querySelector(`[data-row="${index}"]`);
      row?.scrollIntoView({ block: "nearest" });
    },
  });
  const places = new Map(items.map((item, index) => [item.id, index]));
  return (
    <div ref={body} className="grid gap-4">
      {byDay(items).map(({ day, items: ofDay }) => (
        <Card key={day} title={formatDate(day)} isFlush>
          <ul>
            {ofDay.map((item) => (
              <li
                key={item.id}
                data-row={places.get(item.id)}
                className="flex items-start gap-3 border-b border-line px-4 py-2.5 last:border-b-0"
              >
                <Item item={item} onRead={onRead} />
              </li>
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}

function Item({
  item,
  onRead,
}: {
  readonly item: NotificationData;
  readonly onRead: NotificationListProps["onRead"];
}) {
  const t = useMessages("notifications");
  const isUnread = item.readAt === null;
  const time = new Date(item.createdAt);
  return (
    <>
      <span
        aria-hidden="true"
        className={classNames(
          "mt-2 size-2 shrink-0 rounded-full",
          isUnread ? "bg-brand" : "bg-transparent",
        )}
      />
      <div className="min-w-0 flex-1">
        <Link
          to={item.path}
          className={classNames(
            "control inline-flex items-center hover:underline",
            isUnread ? "font-medium text-ink" : "text-muted",
          )}
          onClick={() => {
            if (isUnread) onRead([item.id]);
          }}
        >
          {isUnread && <span className="sr-only">{t("unread")} </span>}
          {item.sentence}
        </Link>
        <p className="caption text-sm text-muted">
          {item.phase !== null && `${t(`phase.${item.phase}`)} · `}
          {`${String(time.getHours()).padStart(2, "0")}:${String(time.getMinutes()).padStart(2, "0")}`}
        </p>
      </div>
      {isUnread && (
        <IconButton icon="check" label={t("markRead")} onClick={() => onRead([item.id])} />
      )}
    </>
  );
}
