import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import type { WebhookRow } from "./webhook-documents";
import { WEBHOOK_TONES } from "./words";

type Stated = Pick<WebhookRow, "state" | "failingSince">;

/** Whether an endpoint is sent to, and since when it has failed. */
export function WebhookStanding({ webhook }: { readonly webhook: Stated }) {
  return (
    <>
      <WebhookBadge state={webhook.state} />
      <FailingSince since={webhook.failingSince} />
    </>
  );
}

/** Whether an endpoint is sent to. */
export function WebhookBadge({ state }: { readonly state: Stated["state"] }) {
  const t = useMessages("integrations");
  return <Badge tone={WEBHOOK_TONES[state]}>{t(`hook.state.${state}`)}</Badge>;
}

/** Since when every message to an endpoint has failed; nothing where the last one was taken. */
export function FailingSince({ since }: { readonly since: Stated["failingSince"] }) {
  const t = useMessages("integrations");
  if (since === null) return null;
  return (
    <span className="block text-sm text-warn">
      {t("hook.failing", { at: formatDateTime(since) })}
    </span>
  );
}
