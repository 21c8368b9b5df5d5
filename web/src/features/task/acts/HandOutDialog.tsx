import { useState } from "react";
import { graphql, type ResultOf } from "../../../graphql/graphql";
import { useKeyedAct } from "../../../graphql/use-act";
import { RefusedField } from "../../../graphql/refused-field";
import { useMessages } from "../../../i18n/messages";
import { Checkbox } from "../../../ui/Checkbox";
import { DateInput } from "../../../ui/DateInput";
import { Field } from "../../../ui/Field";
import { TaskLifeFields } from "../life/fragments";
import { ActFrame } from "./ActFrame";
import type { ActDialogProps } from "./dialog-props";
import { useActForm } from "./use-act-form";

/** Hands one task out; the page of the plan does it for all. */
const HandOutTask = graphql(
  `
    mutation HandOutTask($input: HandOutTasksInput!) {
      handOutTasks(input: $input) {
        rows {
          task {
            ...TaskLifeFields
          }
          userErrors {
            ...RefusedField
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [TaskLifeFields, RefusedField],
);

/** What the one row says stands for the whole. */
const handedOut = ({ handOutTasks }: ResultOf<typeof HandOutTask>) => ({
  userErrors: [...handOutTasks.userErrors, ...handOutTasks.rows.flatMap((row) => row.userErrors)],
});

/** 交办: the last day, and whether it is done stage by stage. */
export function HandOutDialog({ task, today, reload, onClose }: ActDialogProps) {
  const t = useMessages("life");
  const act = useKeyedAct(HandOutTask, handedOut);
  const [deadline, setDeadline] = useState(task.deadline ?? "");
  const [isStanding, setStanding] = useState(task.life.isStanding);
  const form = useActForm({
    name: "HAND_OUT",
    reload,
    onDone: onClose,
    send: () => {
      const row = { taskId: task.id, expectedVersion: task.version, isStanding };
      return act({ rows: [deadline === "" ? row : { ...row, deadline }] });
    },
  });
  return (
    <ActFrame name="HAND_OUT" task={task} form={form} fields={["deadline"]} onClose={onClose}>
      <Field
        label={t("date.HAND_OUT")}
        isRequired
        error={form.errorOf("deadline")}
        className="max-w-56"
      >
        <DateInput
          value={deadline}
          {...(today === null ? {} : { min: today })}
          onChange={setDeadline}
        />
      </Field>
      <Checkbox isChecked={isStanding} onChange={setStanding} hint={t("standing.hint")}>
        {t("standing")}
      </Checkbox>
    </ActFrame>
  );
}
