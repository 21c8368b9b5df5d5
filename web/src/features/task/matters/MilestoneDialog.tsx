import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TextArea } from "../../../ui/TextArea";
import { MatterFrame } from "./MatterFrame";
import { CompleteMilestone, type MilestoneData, ReopenMilestone, WaiveMilestone } from "./queries";
import { useMatterForm } from "./use-matter-form";

const completed = (data: ResultOf<typeof CompleteMilestone>) => data.completeMilestone;
const waived = (data: ResultOf<typeof WaiveMilestone>) => data.waiveMilestone;
const reopened = (data: ResultOf<typeof ReopenMilestone>) => data.reopenMilestone;

export type MilestoneAct = "COMPLETE" | "WAIVE" | "REOPEN";

interface MilestoneDialogProps {
  readonly act: MilestoneAct;
  readonly milestone: MilestoneData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 节点完成、豁免、恢复: the words, and of a completion the day. */
export function MilestoneDialog({ act, milestone, reload, onClose }: MilestoneDialogProps) {
  const t = useMessages("matters");
  const { today } = useToday();
  const complete = useKeyedAct(CompleteMilestone, completed);
  const waive = useKeyedAct(WaiveMilestone, waived);
  const reopen = useKeyedAct(ReopenMilestone, reopened);
  const [words, setWords] = useState("");
  const [doneOn, setDoneOn] = useState(today ?? "");
  const field = act === "COMPLETE" ? "evidence" : "reason";
  const form = useMatterForm({
    done: t(`milestone.done.${act}`),
    reload,
    onDone: onClose,
    send: () => {
      const at = { milestoneId: milestone.id, expectedVersion: milestone.version };
      if (act === "COMPLETE") return complete({ ...at, evidence: words, doneOn });
      if (act === "WAIVE") return waive({ ...at, reason: words });
      return reopen({ ...at, reason: words });
    },
  });
  return (
    <MatterFrame
      title={`${t(`milestone.${act}`)} ${milestone.title}`}
      about={t(`milestone.about.${act}`)}
      action={t(`milestone.${act}`)}
      form={form}
      fields={[field, "doneOn"]}
      onClose={onClose}
    >
      {act === "COMPLETE" && (
        <Field
          label={t("milestone.doneOn")}
          isRequired
          error={form.errorOf("doneOn")}
          className="max-w-56"
        >
          <DateInput
            value={doneOn}
            {...(today === null ? {} : { max: today })}
            onChange={setDoneOn}
          />
        </Field>
      )}
      <Field label={t(`milestone.words.${act}`)} isRequired error={form.errorOf(field)}>
        <TextArea value={words} onChange={setWords} data-first-focus="" />
      </Field>
    </MatterFrame>
  );
}
