import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { DateInput } from "../../../ui/DateInput";
import { Dialog } from "../../../ui/Dialog";
import { Field } from "../../../ui/Field";
import { useToast } from "../../../ui/Toast";
import { FormFrame } from "../FormFrame";
import { useForm } from "../use-form";
import { instantOf } from "./instant";
import { ReplayWebhookDeliveries } from "./webhook-documents";

const replayed = (data: ResultOf<typeof ReplayWebhookDeliveries>) => data.replayWebhookDeliveries;

interface ReplayRangeDialogProps {
  readonly webhookId: string;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** 按时间重发: the messages of what happened between two instants. */
export function ReplayRangeDialog({ webhookId, onDone, onClose }: ReplayRangeDialogProps) {
  const t = useMessages("integrations");
  const toast = useToast();
  const { today } = useToday();
  const act = useKeyedAct(ReplayWebhookDeliveries, replayed);
  const [from, setFrom] = useState(today === null ? "" : `${today}T00:00`);
  const [until, setUntil] = useState(today === null ? "" : `${today}T23:59`);
  const begin = instantOf(from);
  const end = instantOf(until);
  const isUpsideDown = begin !== null && end !== null && begin >= end;
  const form = useForm(
    () => act({ webhookId, from: begin, until: end }),
    (answer) => {
      toast({ message: t("log.replayed", { count: answer?.count ?? 0 }) });
      onDone();
      onClose();
    },
  );
  return (
    <Dialog title={t("log.range")} onClose={onClose}>
      <FormFrame
        form={form}
        fields={["from", "until"]}
        submit={t("log.replay")}
        isDisabled={begin === null || end === null || isUpsideDown}
        onCancel={onClose}
      >
        <p className="caption text-sm text-muted">{t("log.range.about")}</p>
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label={t("log.range.from")} isRequired error={form.errorOf("from")}>
            <DateInput hasTime value={from} onChange={setFrom} />
          </Field>
          <Field
            label={t("log.range.until")}
            isRequired
            error={isUpsideDown ? t("log.range.order") : form.errorOf("until")}
          >
            <DateInput hasTime value={until} onChange={setUntil} />
          </Field>
        </div>
      </FormFrame>
    </Dialog>
  );
}
