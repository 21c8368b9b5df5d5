import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Dialog } from "../../../ui/Dialog";
import { useToast } from "../../../ui/Toast";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { changeOf, useWebhookForm } from "./use-webhook-form";
import { UpdateWebhook, type WebhookRow } from "./webhook-documents";
import { WEBHOOK_FIELDS, WebhookFields } from "./WebhookFields";

const updated = (data: ResultOf<typeof UpdateWebhook>) => data.updateWebhook;

interface UpdateWebhookDialogProps {
  readonly webhook: WebhookRow;
  readonly onClose: () => void;
}

/** 修改推送: name, address, what is told. */
export function UpdateWebhookDialog({ webhook, onClose }: UpdateWebhookDialogProps) {
  const t = useMessages("integrations");
  const toast = useToast();
  const act = useKeyedAct(UpdateWebhook, updated);
  const { typed, change } = useWebhookForm("", webhook);
  const input = changeOf(typed, webhook);
  const form = useForm(
    // The button waits until there is an input.
    () => act(input ?? { webhookId: webhook.id, expectedVersion: webhook.version }),
    () => {
      onClose();
      toast({ message: t("hook.updated") });
    },
  );
  return (
    <Dialog title={t("hook.update.of", { name: webhook.name })} onClose={onClose}>
      <FormFrame
        form={form}
        fields={WEBHOOK_FIELDS}
        submit={t("hook.update.send")}
        isDisabled={input === null}
        onCancel={onClose}
      >
        <WebhookFields typed={typed} onChange={change} errorOf={form.errorOf} />
      </FormFrame>
    </Dialog>
  );
}
