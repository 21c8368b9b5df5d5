import { useState } from "react";
import { useKeyedAct } from "../../../graphql/use-act";
import type { ResultOf } from "../../../graphql/graphql";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TextArea } from "../../../ui/TextArea";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { RequestExtension, ReturnTask, SuspendTask } from "./mutations";
import { useActForm } from "./use-act-form";

const returned = (data: ResultOf<typeof ReturnTask>) => data.returnTask;
const suspended = (data: ResultOf<typeof SuspendTask>) => data.suspendTask;
const asked = (data: ResultOf<typeof RequestExtension>) => data.requestExtension;

interface DatedDialogProps extends ActDialogProps {
  readonly name: "RETURN" | "SUSPEND" | "REQUEST_EXTENSION";
}

/** The field of the input that holds the date of each act. */
const DATES = { RETURN: "mendBy", SUSPEND: "reviewOn", REQUEST_EXTENSION: "to" } as const;

/** An act with words and a date: 退回, 中止, 申请延期. */
export function DatedDialog({ name, task, today, reload, onClose }: DatedDialogProps) {
  const t = useMessages("life");
  const sendBack = useKeyedAct(ReturnTask, returned);
  const suspend = useKeyedAct(SuspendTask, suspended);
  const ask = useKeyedAct(RequestExtension, asked);
  const [reason, setReason] = useState("");
  const [date, setDate] = useState("");
  const [isMissing, setMissing] = useState(false);
  const field = DATES[name];
  const form = useActForm({
    name,
    reload,
    onDone: onClose,
    send: () => {
      const input = { taskId: task.id, expectedVersion: task.version, reason };
      if (name === "RETURN") return sendBack({ ...input, mendBy: date });
      if (name === "SUSPEND") return suspend({ ...input, reviewOn: date });
      return ask({ ...input, to: date });
    },
  });
  // An empty day is no day that the server could read.
  const submit = async (): Promise<void> => {
    setMissing(date === "");
    if (date !== "") await form.submit();
  };
  const least = name === "REQUEST_EXTENSION" ? task.deadline : today;
  return (
    <ActFrame
      name={name}
      task={task}
      form={{ ...form, submit }}
      fields={["reason", field]}
      onClose={onClose}
    >
      {name === "REQUEST_EXTENSION" && task.deadline !== null && (
        <p>{t("extension.present", { date: formatDate(task.deadline) })}</p>
      )}
      <Field label={t(`reason.${name}`)} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
      <Field
        label={t(`date.${name}`)}
        isRequired
        error={isMissing ? t("date.missing") : form.errorOf(field)}
        className="max-w-56"
      >
        <DateInput
          value={date}
          {...(least === null ? {} : { min: least })}
          onChange={(value) => {
            setDate(value);
            setMissing(false);
          }}
        />
      </Field>
    </ActFrame>
  );
}
