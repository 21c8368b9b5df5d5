import { useState } from "react";
import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Callout } from "../../../ui/Callout";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Link } from "../../../ui/Link";
import { SkeletonLines } from "../../../ui/Skeleton";
import { useUrlSearch } from "../../../ui/use-url-search";
import { serviceAccountUrl } from "../tokens/address";
import { DeliveryLog } from "./DeliveryLog";
import { useWebhookLog } from "./use-webhook-log";
import { WebhookActs } from "./WebhookActs";
import type { WebhookRow } from "./webhook-documents";
import { WebhookStanding } from "./WebhookStanding";
import { HookAddress, Told } from "./WebhookTable";
import { DELIVERY_STATES } from "./words";

interface WebhookDetailProps {
  readonly id: string;
  /** Goes back to the list. */
  readonly onRemoved: () => void;
}

/** One endpoint: its facts, what can be done with it, and what became of its messages. */
export function WebhookDetail({ id, onRemoved }: WebhookDetailProps) {
  const t = useMessages("integrations");
  const [search, setSearch] = useUrlSearch();
  const state = DELIVERY_STATES.find((one) => one === search.get("state")) ?? null;
  // The pages before this one, by the cursor after which each begins.
  const [cursors, setCursors] = useState<readonly string[]>([]);
  const after = cursors.at(-1) ?? null;
  const log = useWebhookLog({ id, state, after });
  const { account, webhook } = log;
  if (!log.isKnown) {
    return log.error === undefined ? (
      <SkeletonLines count={6} className="h-row" />
    ) : (
      <ErrorState error={log.error} onRetry={() => void log.read()} />
    );
  }
  if (account === null || webhook === null) {
    return (
      <EmptyState title={t("hook.unknown")} icon="search">
        {t("hook.unknown.next")}
      </EmptyState>
    );
  }
  return (
    <div className="print-wide grid min-w-0 gap-4">
      <Card title={webhook.name}>
        <div className="grid gap-4">
          <Facts webhook={webhook} account={account} />
          <WebhookActs
            webhook={webhook}
            onSent={() => {
              setCursors([]);
              void log.read();
            }}
            onRemoved={onRemoved}
          />
        </div>
      </Card>
      <DeliveryLog
        key={`${state} ${after}`}
        log={log}
        webhook={webhook}
        state={state}
        onState={(next) => {
          setCursors([]);
          setSearch({ state: next });
        }}
        onNewer={cursors.length === 0 ? undefined : () => setCursors(cursors.slice(0, -1))}
        onOlder={(cursor) => setCursors([...cursors, cursor])}
      />
    </div>
  );
}

interface FactsProps {
  readonly webhook: WebhookRow;
  readonly account: { readonly login: string; readonly displayName: string };
}

function Facts({ webhook, account }: FactsProps) {
  const t = useMessages("integrations");
  return (
    <>
      {webhook.state !== "ACTIVE" && (
        <Callout tone="warning" title={t(`hook.waits.${webhook.state}`)}>
          {t("hook.waits.about")}
        </Callout>
      )}
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-2">
        <dt className="text-muted">{t("accounts")}</dt>
        <dd>
          <Link to={serviceAccountUrl(account.login)} className="text-link hover:underline">
            {account.displayName}
          </Link>
        </dd>
        <dt className="text-muted">{t("hook.url")}</dt>
        <dd>
          <HookAddress url={webhook.url} />
        </dd>
        <dt className="text-muted">{t("hook.told")}</dt>
        <dd>
          <Told types={webhook.types} />
        </dd>
        <dt className="text-muted">{t("hook.content")}</dt>
        <dd className="min-w-0">
          {webhook.query === null ? t("hook.content.ids") : <OwnQuery query={webhook.query} />}
        </dd>
        <dt className="text-muted">{t("state")}</dt>
        <dd>
          <WebhookStanding webhook={webhook} />
        </dd>
        <dt className="text-muted">{t("hook.maker")}</dt>
        <dd>
          {t("hook.made", {
            name: webhook.createdBy.displayName,
            at: formatDateTime(webhook.createdAt),
          })}
        </dd>
      </dl>
    </>
  );
}

function OwnQuery({ query }: { readonly query: string }) {
  const t = useMessages("integrations");
  return (
    <details>
      <summary className="control">{t("hook.content.own")}</summary>
      <pre translate="no" className="font-mono text-sm whitespace-pre-wrap">
        {query}
      </pre>
    </details>
  );
}
