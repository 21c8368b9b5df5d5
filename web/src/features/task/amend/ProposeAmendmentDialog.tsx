import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { AmendmentChanges } from "../../../states/AmendmentChanges";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TextArea } from "../../../ui/TextArea";
import { TextInput } from "../../../ui/TextInput";
import { MatterFrame } from "../matters/MatterFrame";
import { useMatterForm } from "../matters/use-matter-form";
import { usePartDepartments } from "../matters/use-part-departments";
import { DepartmentsWish } from "./DepartmentsWish";
import { ProposeAmendment, type TaskAmendmentsData } from "./queries";
import { StepsWish } from "./StepsWish";
import { TargetsWish } from "./TargetsWish";
import { type AmendmentWish, changesOf, inputOf, metricsOf, wishOf } from "./wish";

const proposed = (data: ResultOf<typeof ProposeAmendment>) => data.proposeAmendment;

interface ProposeAmendmentDialogProps {
  readonly task: TaskAmendmentsData;
  readonly reload: () => void;
  readonly onClose: () => void;
}

/** 提出变更: the task as it is to be, why, and old → new of what that changes. */
export function ProposeAmendmentDialog({ task, reload, onClose }: ProposeAmendmentDialogProps) {
  const t = useMessages("amend");
  const { today } = useToday();
  const options = usePartDepartments();
  const act = useKeyedAct(ProposeAmendment, proposed);
  const [wish, setWish] = useState(() => wishOf(task));
  const [reason, setReason] = useState("");
  const change = (more: Partial<AmendmentWish>) => setWish({ ...wish, ...more });
  const form = useMatterForm({
    done: t("proposed"),
    reload,
    onDone: onClose,
    send: () => act(inputOf(task, wish, reason)),
  });
  const known = new Map(
    task.assignments.edges.map(({ node }) => [node.department.id, node.department.shortName]),
  );
  const nameOf = (id: string) => known.get(id) ?? options.find((one) => one.id === id)?.label ?? "";
  const changes = changesOf(task, wish, nameOf);
  const metrics = metricsOf(task);
  return (
    <MatterFrame
      title={`${t("propose")} ${task.code}`}
      about={t("propose.about")}
      action={t("propose")}
      form={form}
      fields={["title", "text", "deadline", "lead", "targets", "milestones", "reason"]}
      onClose={onClose}
    >
      <Field label={t("field.TITLE")} isRequired error={form.errorOf("title")}>
        <TextInput value={wish.title} onChange={(title) => change({ title })} />
      </Field>
      <Field label={t("field.TEXT")} isRequired error={form.errorOf("text")}>
        <TextArea value={wish.text} onChange={(text) => change({ text })} />
      </Field>
      <Field label={t("field.DEADLINE")} error={form.errorOf("deadline")} className="max-w-56">
        <DateInput
          value={wish.deadline}
          {...(today === null ? {} : { min: today })}
          onChange={(deadline) => change({ deadline })}
        />
      </Field>
      <DepartmentsWish
        lead={wish.lead}
        support={wish.support}
        options={options}
        nameOf={nameOf}
        error={form.errorOf("lead")}
        onChange={change}
      />
      {metrics.length > 0 && (
        <TargetsWish
          metrics={metrics}
          targets={wish.targets}
          error={form.errorOf("targets")}
          onChange={(targets) => change({ targets })}
        />
      )}
      <StepsWish
        steps={wish.steps}
        error={form.errorOf("milestones")}
        onChange={(steps) => change({ steps })}
      />
      <Field label={t("reason")} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} />
      </Field>
      {changes.length > 0 && (
        <section
          aria-label={t("changes")}
          className="grid gap-2 rounded-md border border-line bg-sunken p-3"
        >
          <h3 className="text-sm font-semibold">{t("changes")}</h3>
          <AmendmentChanges amendment={{ changes: [...changes] }} />
        </section>
      )}
    </MatterFrame>
  );
}
