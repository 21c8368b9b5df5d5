import type { ReactNode } from "react";
import { formatDateTime, formatList } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Link } from "../../../ui/Link";
import { TONE_TEXT } from "../../../ui/tones";
import { webhooksUrl } from "./address";
import type { ListedWebhook } from "./use-webhooks";
import type { ChangedType } from "./webhook-documents";
import { FailingSince, WebhookBadge } from "./WebhookStanding";
import { DELIVERY_TONES, TYPES } from "./words";

/** On a phone: a line of its own in the card. */
const WHOLE_LINE = "max-sm:basis-full";

/** Endpoints with account, address, what they are told, where they stand and what was sent last. */
export function WebhookTable({ listed }: { readonly listed: readonly ListedWebhook[] }) {
  const t = useMessages("integrations");
  const columns: readonly Column<ListedWebhook>[] = [
    {
      key: "name",
      header: t("hook"),
      isRowHeader: true,
      cell: ({ webhook }) => (
        <Link
          to={webhooksUrl({ webhook: webhook.id })}
          className="control inline-flex items-center text-link hover:underline"
        >
          {webhook.name}
        </Link>
      ),
    },
    {
      key: "account",
      header: t("accounts"),
      className: WHOLE_LINE,
      cell: ({ account }) => account.displayName,
    },
    {
      key: "url",
      header: t("hook.url"),
      className: WHOLE_LINE,
      cell: ({ webhook }) => <HookAddress url={webhook.url} />,
    },
    {
      key: "types",
      header: t("hook.told"),
      className: WHOLE_LINE,
      cell: ({ webhook }) => <Told types={webhook.types} />,
    },
    {
      key: "last",
      header: t("hook.last"),
      className: WHOLE_LINE,
      cell: (one) => <LastDelivery of={one} />,
    },
    {
      key: "state",
      header: t("state"),
      phone: "beside",
      cell: ({ webhook }) => <WebhookBadge state={webhook.state} />,
    },
  ];
  return (
    <DataTable
      label={t("tab.webhooks")}
      columns={columns}
      rows={listed}
      rowKey={({ webhook }) => webhook.id}
    />
  );
}

/** Where messages go. */
export function HookAddress({ url }: { readonly url: string }) {
  return (
    <code translate="no" className="font-mono text-sm break-all">
      {url}
    </code>
  );
}

/** The kinds of object told, in words. */
export function Told({ types }: { readonly types: readonly ChangedType[] }): ReactNode {
  const t = useMessages("integrations");
  if (types.length === 0) return t("hook.told.all");
  return formatList(TYPES.filter((one) => types.includes(one)).map((one) => t(`type.${one}`)));
}

function LastDelivery({ of: { webhook } }: { readonly of: ListedWebhook }) {
  const t = useMessages("integrations");
  const last = webhook.lastDelivery;
  if (last === null) return <span className="text-muted">{t("hook.last.none")}</span>;
  return (
    <>
      <span className="lg:whitespace-nowrap">{formatDateTime(last.occurredAt)}</span>
      <span className={`block text-sm ${TONE_TEXT[DELIVERY_TONES[last.state]]}`}>
        {t(`log.state.${last.state}`)}
      </span>
      <FailingSince since={webhook.failingSince} />
    </>
  );
}
