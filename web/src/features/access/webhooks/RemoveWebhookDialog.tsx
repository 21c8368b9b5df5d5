import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Callout } from "../../../ui/Callout";
import { Dialog } from "../../../ui/Dialog";
import { useToast } from "../../../ui/Toast";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { RemoveWebhook, type WebhookRow } from "./webhook-documents";

const removed = (data: ResultOf<typeof RemoveWebhook>) => data.removeWebhook;

interface RemoveWebhookDialogProps {
  readonly webhook: WebhookRow;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 删除推送: asked once more, with what goes with it. */
export function RemoveWebhookDialog({ webhook, onDone, onClose }: RemoveWebhookDialogProps) {
  const t = useMessages("integrations");
  const toast = useToast();
  const act = useKeyedAct(RemoveWebhook, removed);
  const form = useForm(
    () => act({ webhookId: webhook.id, expectedVersion: webhook.version }),
    () => {
      toast({ message: t("hook.removed", { name: webhook.name }) });
      onDone();
    },
  );
  return (
    <Dialog title={t("hook.remove.of", { name: webhook.name })} onClose={onClose}>
      <FormFrame form={form} fields={[]} submit={t("hook.remove.send")} onCancel={onClose}>
        <Callout tone="warning" title={t("hook.remove.about")}>
          {t("hook.remove.instead")}
        </Callout>
      </FormFrame>
    </Dialog>
  );
}
