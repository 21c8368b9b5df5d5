import { useState } from "react";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Field } from "../../../ui/Field";
import { TextArea } from "../../../ui/TextArea";
import { TextInput } from "../../../ui/TextInput";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { onlyPayload, REASON_ACTS, type ReasonActName } from "./reason-acts";
import { useActForm } from "./use-act-form";

interface ReasonDialogProps extends ActDialogProps {
  readonly name: ReasonActName;
}

/** An act that needs no more than its words: 退回改派, 申请办结, 归档 … */
export function ReasonDialog({ name, task, reload, onClose }: ReasonDialogProps) {
  const t = useMessages("life");
  const { document, variant, isShort } = REASON_ACTS[name];
  const act = useKeyedAct(document, onlyPayload);
  const [reason, setReason] = useState("");
  const form = useActForm({
    name,
    reload,
    onDone: onClose,
    send: () => act({ taskId: task.id, expectedVersion: task.version, reason }),
  });
  const Input = isShort ? TextInput : TextArea;
  return (
    <ActFrame
      name={name}
      task={task}
      form={form}
      fields={["reason"]}
      variant={variant}
      onClose={onClose}
    >
      <Field label={t(`reason.${name}`)} isRequired error={form.errorOf("reason")}>
        <Input value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </ActFrame>
  );
}
