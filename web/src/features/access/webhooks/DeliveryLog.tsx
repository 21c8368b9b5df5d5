import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { useRefusal } from "../../../states/use-refusal";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { DeliveryTable } from "./DeliveryTable";
import { ReplayRangeDialog } from "./ReplayRangeDialog";
import type { useWebhookLog } from "./use-webhook-log";
import { type DeliveryState, ReplayWebhookDeliveries } from "./webhook-documents";
import { DELIVERY_STATES } from "./words";

const replayed = (data: ResultOf<typeof ReplayWebhookDeliveries>) => data.replayWebhookDeliveries;

type Log = ReturnType<typeof useWebhookLog>;

interface DeliveryLogProps {
  readonly log: Log;
  readonly webhook: NonNullable<Log["webhook"]>;
  /** Only messages that stand so. */
  readonly state: DeliveryState | null;
  readonly onState: (state: DeliveryState | undefined) => void;
  /** Without it the page is the newest. */
  readonly onNewer: (() => void) | undefined;
  readonly onOlder: (cursor: string) => void;
}

/** 投递日志: messages, the newest first, and sending some of them again. */
export function DeliveryLog({ log, webhook, state, onState, onNewer, onOlder }: DeliveryLogProps) {
  const t = useMessages("integrations");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [isRange, setRange] = useState(false);
  const again = useReplay(webhook.id, () => {
    setChosen(new Set());
    void log.read();
  });
  const { totalCount, isTotalExact, pageInfo } = webhook.deliveries;
  const { deliveries } = log;
  const isEmpty = deliveries.length === 0;
  return (
    <Card
      title={t("log")}
      subtitle={t("log.about")}
      isFlush
      actions={<Button onClick={() => setRange(true)}>{t("log.range")}</Button>}
    >
      <div className="flex flex-wrap items-center justify-between gap-3 px-4 py-3">
        <SegmentedControl
          label={t("log.filter")}
          value={state ?? "ALL"}
          options={(["ALL", ...DELIVERY_STATES] as const).map((value) => ({
            value,
            label: t(`log.state.${value}`),
          }))}
          onChange={(next) => onState(next === "ALL" ? undefined : next)}
        />
        <span className="flex flex-wrap items-center gap-3">
          <span aria-live="polite" className="text-sm text-muted">
            {t(isTotalExact ? "log.count" : "log.count.least", {
              count: formatNumber(totalCount),
            })}
          </span>
          {chosen.size > 0 && (
            <Button size="small" onClick={() => void again([...chosen])}>
              {t("log.replay.chosen", { count: chosen.size })}
            </Button>
          )}
        </span>
      </div>
      {log.isLost && (
        <div className="px-4 pb-3">
          <Callout tone="warning" title={t("log.lost")} />
        </div>
      )}
      {isEmpty && (
        <EmptyState title={t(state === null ? "log.none" : "log.nothing")}>
          {t(state === null ? "log.none.next" : "log.nothing.next")}
        </EmptyState>
      )}
      {!isEmpty && (
        <div aria-busy={log.isReading} className="border-t border-line">
          <DeliveryTable
            deliveries={deliveries}
            chosen={chosen}
            onChoose={setChosen}
            onReplay={(id) => void again([id])}
          />
        </div>
      )}
      <Pages
        onNewer={onNewer}
        onOlder={
          pageInfo.hasNextPage && pageInfo.endCursor !== null
            ? onOlder.bind(null, pageInfo.endCursor)
            : undefined
        }
      />
      {isRange && (
        <ReplayRangeDialog
          webhookId={webhook.id}
          onDone={() => void log.read()}
          onClose={() => setRange(false)}
        />
      )}
    </Card>
  );
}

/** Sends messages again, and says how many. */
function useReplay(webhookId: string, onDone: () => void) {
  const t = useMessages("integrations");
  const tell = useRefusal();
  const act = useKeyedAct(ReplayWebhookDeliveries, replayed);
  return async (deliveryIds: string[]): Promise<void> => {
    const outcome = await act({ webhookId, deliveryIds });
    const count = outcome.kind === "done" ? (outcome.payload?.count ?? 0) : 0;
    if (tell(outcome, t("log.replayed", { count }))) onDone();
  };
}

interface PagesProps {
  readonly onNewer: (() => void) | undefined;
  readonly onOlder: (() => void) | undefined;
}

function Pages({ onNewer, onOlder }: PagesProps) {
  const t = useMessages("integrations");
  if (onNewer === undefined && onOlder === undefined) return null;
  return (
    <div className="flex justify-center gap-3 border-t border-line px-4 py-3 print:hidden">
      <Button disabled={onNewer === undefined} onClick={onNewer}>
        {t("log.newer")}
      </Button>
      <Button disabled={onOlder === undefined} onClick={onOlder}>
        {t("log.older")}
      </Button>
    </div>
  );
}
