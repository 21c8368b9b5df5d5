import { useState } from "react";
import { useAct } from "../../graphql/use-act";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { useToast } from "../../ui/Toast";
import { CreateCalendarFeed, type FeedData, RevokeCalendarFeed } from "./queries";

interface CalendarFeedsProps {
  readonly feeds: readonly FeedData[];
  readonly reload: () => void;
}

/** Calendar feeds: made, copied once, ended. */
export function CalendarFeeds({ feeds, reload }: CalendarFeedsProps) {
  const t = useMessages("notifications");
  const tell = useRefusal();
  const toast = useToast();
  const create = useAct(CreateCalendarFeed, (data) => data.createCalendarFeed);
  const revoke = useAct(RevokeCalendarFeed, (data) => data.revokeCalendarFeed);
  const [address, setAddress] = useState<string | null>(null);
  const make = async (): Promise<void> => {
    const outcome = await create({ idempotencyKey: null });
    if (!tell(outcome) || outcome.kind !== "done") return;
    const path = outcome.payload?.path ?? null;
    setAddress(path === null ? null : `${location.origin}${path}`);
    reload();
  };
  const end = async (feed: FeedData): Promise<void> => {
    const outcome = await revoke({ feedId: feed.id, idempotencyKey: null });
    if (tell(outcome, t("feeds.ended"))) reload();
  };
  const copy = (text: string): void => {
    // Where the page came over plain HTTP there is no clipboard; the address can be selected.
    const copied = navigator.clipboard?.writeText(text);
    copied?.then(
      () => toast({ message: t("feeds.copied") }),
      () => undefined,
    );
  };
  return (
    <div className="grid gap-3">
      {address !== null && (
        <div className="flex flex-wrap items-end gap-2 rounded-md border border-ok bg-ok-soft p-3">
          <Field label={t("feeds.address")} hint={t("feeds.once")} className="min-w-0 flex-1">
            <TextInput
              readOnly
              value={address}
              onFocus={(event) => event.target.select()}
              onChange={() => undefined}
            />
          </Field>
          <Button onClick={() => copy(address)}>{t("feeds.copy")}</Button>
        </div>
      )}
      {feeds.length > 0 && (
        <ul>
          {feeds.map((feed) => (
            <li
              key={feed.id}
              className="flex flex-wrap items-center justify-between gap-2 border-b border-line py-1.5 last:border-b-0"
            >
              <span>{t("feeds.made", { time: formatDateTime(feed.createdAt) })}</span>
              <Button size="small" variant="danger" onClick={() => void end(feed)}>
                {t("feeds.end")}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Button icon="calendar" onClick={() => void make()}>
          {t("feeds.create")}
        </Button>
      </div>
    </div>
  );
}
