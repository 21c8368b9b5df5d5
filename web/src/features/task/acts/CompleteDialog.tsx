import { useState } from "react";
import { useKeyedAct } from "../../../graphql/use-act";
import type { ResultOf } from "../../../graphql/graphql";
import { useMessages } from "../../../i18n/messages";
import { Field } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { TextArea } from "../../../ui/TextArea";
import type { GradeName } from "../life/fragments";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { CompleteTask } from "./mutations";
import { useActForm } from "./use-act-form";

const completed = (data: ResultOf<typeof CompleteTask>) => data.completeTask;
const GRADES: readonly GradeName[] = ["EXCELLENT", "GOOD", "PASS", "FAIL"];

/** 办结: how well it was done, and why this grade. */
export function CompleteDialog({ task, reload, onClose }: ActDialogProps) {
  const t = useMessages("life");
  const act = useKeyedAct(CompleteTask, completed);
  const [grade, setGrade] = useState<GradeName>("PASS");
  const [reason, setReason] = useState("");
  const form = useActForm({
    name: "COMPLETE",
    reload,
    onDone: onClose,
    send: () => act({ taskId: task.id, expectedVersion: task.version, grade, reason }),
  });
  const submitted = task.life.steps.edges.findLast(
    ({ node }) => node.transition === "SUBMIT_COMPLETION",
  )?.node;
  return (
    <ActFrame name="COMPLETE" task={task} form={form} fields={["reason"]} onClose={onClose}>
      {submitted !== undefined && (
        <blockquote className="m-0 border-l-2 border-line-strong pl-3 text-sm whitespace-pre-line">
          <p className="text-muted">
            {t("complete.submitted", { name: submitted.by.displayName })}
          </p>
          {submitted.reason}
        </blockquote>
      )}
      <div>
        <p className="mb-1 text-sm font-medium">{t("grade")}</p>
        <SegmentedControl
          label={t("grade")}
          value={grade}
          options={GRADES.map((value) => ({ value, label: t(`grade.${value}`) }))}
          onChange={setGrade}
        />
      </div>
      <Field label={t("reason.COMPLETE")} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} data-first-focus="" />
      </Field>
    </ActFrame>
  );
}
