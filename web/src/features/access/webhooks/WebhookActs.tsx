import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { useRefusal } from "../../../states/use-refusal";
import { Button } from "../../../ui/Button";
import { RemoveWebhookDialog } from "./RemoveWebhookDialog";
import { RotateSecretDialog } from "./RotateSecretDialog";
import { UpdateWebhookDialog } from "./UpdateWebhookDialog";
import { PauseWebhook, ResumeWebhook, TestWebhook, type WebhookRow } from "./webhook-documents";

const paused = (data: ResultOf<typeof PauseWebhook>) => data.pauseWebhook;
const resumed = (data: ResultOf<typeof ResumeWebhook>) => data.resumeWebhook;
const tested = (data: ResultOf<typeof TestWebhook>) => data.testWebhook;

type Doing = "update" | "rotate" | "remove";

interface WebhookActsProps {
  readonly webhook: WebhookRow;
  /** Reads the log again: something was sent. */
  readonly onSent: () => void;
  readonly onRemoved: () => void;
}

/** What is done with an endpoint: a trial, a pause, a change, another secret, its end. */
export function WebhookActs({ webhook, onSent, onRemoved }: WebhookActsProps) {
  const t = useMessages("integrations");
  const tell = useRefusal();
  const [doing, setDoing] = useState<Doing | null>(null);
  const [isPending, setPending] = useState(false);
  const pause = useKeyedAct(PauseWebhook, paused);
  const resume = useKeyedAct(ResumeWebhook, resumed);
  const test = useKeyedAct(TestWebhook, tested);
  const isActive = webhook.state === "ACTIVE";
  const run = async (act: typeof pause, done: string): Promise<void> => {
    setPending(true);
    const outcome = await act({ webhookId: webhook.id });
    setPending(false);
    if (tell(outcome, done)) onSent();
  };
  const done = (): void => setDoing(null);
  return (
    <div className="flex flex-wrap gap-2 print:hidden">
      {isActive && (
        <Button isPending={isPending} onClick={() => void run(test, t("hook.tested"))}>
          {t("hook.test")}
        </Button>
      )}
      {isActive ? (
        <Button isPending={isPending} onClick={() => void run(pause, t("hook.paused"))}>
          {t("hook.pause")}
        </Button>
      ) : (
        <Button
          variant="primary"
          isPending={isPending}
          onClick={() => void run(resume, t("hook.resumed"))}
        >
          {t("hook.resume")}
        </Button>
      )}
      <Button onClick={() => setDoing("update")}>{t("hook.update")}</Button>
      <Button onClick={() => setDoing("rotate")}>{t("hook.rotate")}</Button>
      <Button variant="danger" onClick={() => setDoing("remove")}>
        {t("hook.remove")}
      </Button>
      {doing === "update" && <UpdateWebhookDialog webhook={webhook} onClose={done} />}
      {doing === "rotate" && <RotateSecretDialog webhook={webhook} onClose={done} />}
      {doing === "remove" && (
        <RemoveWebhookDialog webhook={webhook} onDone={onRemoved} onClose={done} />
      )}
    </div>
  );
}
