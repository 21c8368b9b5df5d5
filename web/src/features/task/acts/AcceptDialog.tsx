import { useState } from "react";
import { useKeyedAct } from "../../../graphql/use-act";
import type { ResultOf } from "../../../graphql/graphql";
import { useViewer } from "../../../graphql/use-session";
import { useMessages } from "../../../i18n/messages";
import { Callout } from "../../../ui/Callout";
import { Field } from "../../../ui/Field";
import { Select } from "../../../ui/Select";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { AcceptTask } from "./mutations";
import { useActForm } from "./use-act-form";

const accepted = (data: ResultOf<typeof AcceptTask>) => data.acceptTask;

/** 签收: who of the lead department answers, and who stands in. */
export function AcceptDialog({ task, reload, onClose }: ActDialogProps) {
  const t = useMessages("life");
  const act = useKeyedAct(AcceptTask, accepted);
  const people = useCandidates(task);
  const [accountable, setAccountable] = useState(people[0]?.id ?? "");
  const [substitute, setSubstitute] = useState(people[1]?.id ?? "");
  const form = useActForm({
    name: "ACCEPT",
    reload,
    onDone: onClose,
    send: () => act({ taskId: task.id, expectedVersion: task.version, accountable, substitute }),
  });
  const options = people.map((one) => ({ value: one.id, label: one.displayName }));
  return (
    <ActFrame
      name="ACCEPT"
      task={task}
      form={form}
      fields={["accountable", "substitute"]}
      onClose={onClose}
    >
      {people.length < 2 && (
        <Callout tone="warning" title={t("accept.tooFew", { count: people.length })}>
          {t("accept.tooFew.next")}
        </Callout>
      )}
      <Field label={t("accountable")} isRequired error={form.errorOf("accountable")}>
        <Select
          value={accountable}
          options={options}
          onChange={(chosen) => {
            // Whoever was the one cannot stay the other.
            if (chosen === substitute) setSubstitute(accountable);
            setAccountable(chosen);
          }}
        />
      </Field>
      <Field
        label={t("substitute")}
        isRequired
        hint={t("substitute.hint")}
        error={form.errorOf("substitute")}
      >
        <Select
          value={substitute}
          options={options.filter((one) => one.value !== accountable)}
          onChange={setSubstitute}
        />
      </Field>
    </ActFrame>
  );
}

/** The people of the lead department; whoever is signed in stands first. */
function useCandidates(
  task: ActDialogProps["task"],
): ActDialogProps["task"]["life"]["ownerCandidates"] {
  const me = useViewer()?.account.id;
  return task.life.ownerCandidates.toSorted((a, b) => Number(b.id === me) - Number(a.id === me));
}
