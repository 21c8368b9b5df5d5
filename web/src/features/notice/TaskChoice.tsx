import { useState } from "react";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Checkbox } from "../../ui/Checkbox";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import type { PressableTask } from "./queries";

interface TaskChoiceProps {
  readonly tasks: readonly PressableTask[];
  readonly chosen: readonly string[];
  readonly onChange: (codes: readonly string[]) => void;
}

/** The tasks that may be pressed, those with the earliest deadline first. */
export function TaskChoice({ tasks, chosen, onChange }: TaskChoiceProps) {
  const t = useMessages("notices");
  const [text, setText] = useState("");
  const wanted = text.trim().toLowerCase();
  const shown = tasks.filter((task) =>
    `${task.code} ${task.title} ${task.lead?.shortName ?? ""}`.toLowerCase().includes(wanted),
  );
  return (
    <div>
      <Field label={t("choose.find")} isLabelHidden className="mb-2">
        <TextInput type="search" value={text} placeholder={t("choose.find")} onChange={setText} />
      </Field>
      <ul className="max-h-80 overflow-y-auto rounded-md border border-line">
        {shown.map((task) => (
          <li key={task.id} className="border-b border-line px-3 last:border-b-0">
            <Checkbox
              isChecked={chosen.includes(task.code)}
              hint={[
                task.lead?.shortName,
                task.deadline === null
                  ? undefined
                  : t("choose.until", { date: formatDate(task.deadline) }),
              ]
                .filter((one) => one !== undefined)
                .join(" · ")}
              onChange={(isChosen) =>
                onChange(
                  isChosen ? [...chosen, task.code] : chosen.filter((code) => code !== task.code),
                )
              }
            >
              <span className="tabular-nums">{task.code}</span> {task.title}
            </Checkbox>
          </li>
        ))}
        {shown.length === 0 && <li className="p-3 text-sm text-muted">{t("choose.none")}</li>}
      </ul>
    </div>
  );
}
