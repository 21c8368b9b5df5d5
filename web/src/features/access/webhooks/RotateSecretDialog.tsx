import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Dialog } from "../../../ui/Dialog";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { RotateWebhookSecret, type WebhookRow } from "./webhook-documents";
import { WebhookSecretShown } from "./WebhookSecretShown";

const rotated = (data: ResultOf<typeof RotateWebhookSecret>) => data.rotateWebhookSecret;
type Rotated = ReturnType<typeof rotated>;

interface RotateSecretDialogProps {
  readonly webhook: WebhookRow;
  readonly onClose: () => void;
}

/** 更换密钥: what it means, then the new secret, once. */
export function RotateSecretDialog({ webhook, onClose }: RotateSecretDialogProps) {
  const t = useMessages("integrations");
  const act = useKeyedAct(RotateWebhookSecret, rotated);
  const [made, setMade] = useState<Rotated | null>(null);
  const form = useForm(
    () => act({ webhookId: webhook.id }),
    (answer) => (answer === undefined ? onClose() : setMade(answer)),
  );
  if (made !== null) {
    return (
      <WebhookSecretShown
        title={t("secret.rotated", { name: webhook.name })}
        secret={made.secret}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t("hook.rotate.of", { name: webhook.name })} onClose={onClose}>
      <FormFrame form={form} fields={[]} submit={t("hook.rotate")} onCancel={onClose}>
        <p className="caption">{t("hook.rotate.about")}</p>
      </FormFrame>
    </Dialog>
  );
}
