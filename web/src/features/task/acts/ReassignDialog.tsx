import { useState } from "react";
import { useQuery } from "urql";
import { graphql, type ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { useMessages } from "../../../i18n/messages";
import { Combobox } from "../../../ui/Combobox";
import { Field } from "../../../ui/Field";
import { IconButton } from "../../../ui/IconButton";
import { TextArea } from "../../../ui/TextArea";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { ReassignTask } from "./mutations";
import { useActForm } from "./use-act-form";

const reassigned = (data: ResultOf<typeof ReassignTask>) => data.reassignTask;

/** Departments to choose from; a task goes to headquarters departments and affiliated institutions. */
const ReassignDepartments = graphql(`
  query ReassignDepartments {
    departments(first: 200, filter: { kind: [HQ_DEPARTMENT, AFFILIATED_INSTITUTION] }) {
      edges {
        node {
          id
          code
          name
          shortName
        }
      }
    }
  }
`);

/** 改派: another lead, other supporting departments, and why. */
export function ReassignDialog({ task, reload, onClose }: ActDialogProps) {
  const t = useMessages("life");
  const [{ data }] = useQuery({ query: ReassignDepartments });
  const act = useKeyedAct(ReassignTask, reassigned);
  const [lead, setLead] = useState<string | null>(null);
  const [support, setSupport] = useState(() => supporting(task));
  const [reason, setReason] = useState("");
  const [isMissing, setMissing] = useState(false);
  const form = useActForm({
    name: "REASSIGN",
    reload,
    onDone: onClose,
    send: () =>
      act({
        taskId: task.id,
        expectedVersion: task.version,
        lead: lead ?? "",
        support: support.map((one) => one.id).filter((id) => id !== lead),
        reason,
      }),
  });
  const submit = async (): Promise<void> => {
    setMissing(lead === null);
    if (lead !== null) await form.submit();
  };
  const departments = data?.departments.edges.map((edge) => edge.node) ?? [];
  const options = departments.map((one) => ({
    id: one.id,
    label: one.name,
    hint: one.code,
    search: `${one.name} ${one.shortName} ${one.code}`,
  }));
  return (
    <ActFrame
      name="REASSIGN"
      task={task}
      form={{ ...form, submit }}
      fields={["lead", "support", "reason"]}
      onClose={onClose}
    >
      {task.lead !== null && <p>{t("reassign.present", { name: task.lead.shortName })}</p>}
      <Combobox
        label={t("reassign.lead")}
        options={options}
        value={lead}
        error={isMissing ? t("reassign.lead.missing") : form.errorOf("lead")}
        onChange={(id) => {
          setLead(id);
          setMissing(false);
        }}
      />
      <div className="grid gap-2">
        <Combobox
          label={t("reassign.support")}
          options={options.filter(
            (one) => one.id !== lead && support.every((known) => known.id !== one.id),
          )}
          value={null}
          error={form.errorOf("support")}
          onChange={(id) => {
            const found = departments.find((one) => one.id === id);
            if (found !== undefined) setSupport([...support, found]);
          }}
        />
        <ul className="flex flex-wrap gap-2">
          {support.map((one) => (
            <li
              key={one.id}
              className="inline-flex min-h-8 items-center rounded-md border border-line bg-sunken pl-2.5 text-sm"
            >
              {one.shortName}
              <IconButton
                icon="close"
                label={t("reassign.remove", { name: one.shortName })}
                onClick={() => setSupport(support.filter((known) => known.id !== one.id))}
              />
            </li>
          ))}
        </ul>
      </div>
      <Field label={t("reason.REASSIGN")} isRequired error={form.errorOf("reason")}>
        <TextArea value={reason} onChange={setReason} />
      </Field>
    </ActFrame>
  );
}

function supporting(task: ActDialogProps["task"]): readonly { id: string; shortName: string }[] {
  return task.assignments.edges
    .filter(({ node }) => node.role === "SUPPORT")
    .map(({ node }) => node.department);
}
