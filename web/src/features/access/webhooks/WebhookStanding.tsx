import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import type { WebhookRow } from "./webhook-documents";
import { WEBHOOK_TONES } from "./words";

type Stated = Pick<WebhookRow, "state" | "failingSince">;

/** Whether an endpoint is sent to, and since when it has failed. */
export function WebhookStanding({ webhook }: { readonly webhook: Stated }) {
  const t = useMessages("integrations");
  return (
    <>
      <Badge tone={WEBHOOK_TONES[webhook.state]}>{t(`hook.state.${webhook.state}`)}</Badge>
      {webhook.failingSince !== null && (
        <span className="block text-sm text-warn">
          {t("hook.failing", { at: formatDateTime(webhook.failingSince) })}
        </span>
      )}
    </>
  );
}
