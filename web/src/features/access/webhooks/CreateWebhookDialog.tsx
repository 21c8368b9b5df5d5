import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Dialog } from "../../../ui/Dialog";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { creationOf, useWebhookForm } from "./use-webhook-form";
import type { WebhookAccount } from "./use-webhooks";
import { CreateWebhook } from "./webhook-documents";
import { WEBHOOK_FIELDS, WebhookFields } from "./WebhookFields";
import { WebhookSecretShown } from "./WebhookSecretShown";

const created = (data: ResultOf<typeof CreateWebhook>) => data.createWebhook;
type Created = ReturnType<typeof created>;

interface CreateWebhookDialogProps {
  /** Accounts that may be given one. */
  readonly accounts: readonly WebhookAccount[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 新建推送: whose rights, where to, what; then the secret, once. */
export function CreateWebhookDialog({ accounts, onDone, onClose }: CreateWebhookDialogProps) {
  const t = useMessages("integrations");
  const act = useKeyedAct(CreateWebhook, created);
  const [only, ...others] = accounts;
  const { typed, change } = useWebhookForm(others.length === 0 ? (only?.id ?? "") : "", null);
  const [made, setMade] = useState<Created | null>(null);
  const input = creationOf(typed);
  const form = useForm(
    // The button waits until there is an input.
    () => act(input ?? { accountId: "", name: "", url: "" }),
    (answer) => {
      onDone();
      if (answer?.webhook == null) onClose();
      else setMade(answer);
    },
  );
  if (made?.webhook != null) {
    return (
      <WebhookSecretShown
        title={t("secret.made", { name: made.webhook.name })}
        secret={made.secret}
        onClose={onClose}
      />
    );
  }
  return (
    <Dialog title={t("hook.create")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={WEBHOOK_FIELDS}
        submit={t("create.send")}
        isDisabled={input === null}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("hook.create.about")}</p>
        <WebhookFields typed={typed} onChange={change} errorOf={form.errorOf} accounts={accounts} />
      </FormFrame>
    </Dialog>
  );
}
