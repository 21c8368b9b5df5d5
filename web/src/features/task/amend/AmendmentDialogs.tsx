import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import { TextInput } from "../../../ui/TextInput";
import { MatterFrame } from "../matters/MatterFrame";
import { useMatterForm } from "../matters/use-matter-form";
import { AmendmentChanges } from "./AmendmentChanges";
import {
  type AmendmentData,
  DecideAmendment,
  ProposeAmendment,
  type TaskAmendmentsData,
} from "./queries";

const proposed = (data: ResultOf<typeof ProposeAmendment>) => data.proposeAmendment;
const decided = (data: ResultOf<typeof DecideAmendment>) => data.decideAmendment;

interface ProposeProps {
  readonly task: TaskAmendmentsData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 提出变更: the words and the day as they are to be, and why. */
export function ProposeAmendmentDialog({ task, reload, onClose }: ProposeProps) {
  const t = useMessages("amend");
  const { today } = useToday();
  const act = useKeyedAct(ProposeAmendment, proposed);
  const [title, setTitle] = useState(task.title);
  const [text, setText] = useState(task.text);
  const [deadline, setDeadline] = useState(task.deadline ?? "");
  const [reason, setReason] = useState("");
  const form = useMatterForm({
    done: t("proposed"),
    reload,
    onDone: onClose,
    send: () =>
      act({
        taskId: task.id,
        expectedVersion: task.version,
        reason,
        ...(title !== task.title && { title }),
        ...(text !== task.text && { text }),
        ...(deadline !== "" && deadline !== task.deadline && { deadline }),
      }),
  });
  return (
    <MatterFrame
      title={`${t("propose")} ${task.code}`}
      about={t("propose.about")}
      action={t("propose")}
      form={form}
      fields={["title", "text", "deadline", "reason"]}
      onClose={onClose}
    >
      <Field label={t("field.TITLE")} isRequired error={form.errorOf("title")}>
        <TextInput value={title} onChange={setTitle} />
      </Field>
      <Field label={t("field.TEXT")} isRequired error={form.errorOf("text")}>
        <TextArea value={text} onChange={setText} />
      </Field>
      <Field label={t("field.DEADLINE")} error={form.errorOf("deadline")} className="max-w-56">
        <DateInput
          value={deadline}
          {...(today === null ? {} : { min: today })}
          onChange={setDeadline}
        />
      </Field>
      <Field label={t("reason")} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} />
      </Field>
    </MatterFrame>
  );
}

interface DecideProps {
  readonly code: string;
  readonly amendment: AmendmentData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 变更审批: approve, which applies it, or refuse with the reason. */
export function DecideAmendmentDialog({ code, amendment, reload, onClose }: DecideProps) {
  const t = useMessages("amend");
  const act = useKeyedAct(DecideAmendment, decided);
  const [verdict, setVerdict] = useState<"APPROVED" | "REFUSED">("APPROVED");
  const [reason, setReason] = useState("");
  const isApproved = verdict === "APPROVED";
  const form = useMatterForm({
    done: t(`done.${verdict}`),
    reload,
    onDone: onClose,
    send: () => act({ amendmentId: amendment.id, isApproved, reason }),
  });
  return (
    <MatterFrame
      title={`${t("decide")} ${code}`}
      about={t("decide.about")}
      action={t("decide")}
      form={form}
      fields={["reason"]}
      onClose={onClose}
    >
      <AmendmentChanges amendment={amendment} />
      <SegmentedControl
        label={t("decide")}
        value={verdict}
        options={(["APPROVED", "REFUSED"] as const).map((value) => ({
          value,
          label: t(`verdict.${value}`),
        }))}
        onChange={setVerdict}
      />
      <Field label={t("words")} isRequired={!isApproved} error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </MatterFrame>
  );
}
