import { formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Checkbox } from "../../ui/Checkbox";
import { Icon } from "../../ui/Icon";
import type { ProspectData } from "./queries";

/** Departments chosen for a task, by its code; a task without an entry is for its lead. */
export type Choice = Readonly<Record<string, readonly string[]>>;

/** The departments that a notice on a task goes to. */
export function addressedOf(prospect: ProspectData, choice: Choice): readonly string[] {
  const lead = prospect.task.lead?.id;
  return choice[prospect.task.code] ?? (lead === undefined ? [] : [lead]);
}

interface ProspectsProps {
  readonly prospects: readonly ProspectData[];
  readonly choice: Choice;
  /** What the server said of a task, by its code. */
  readonly errors: Readonly<Record<string, string>>;
  readonly onChange: (choice: Choice) => void;
}

/** Who would be told, task by task, before anything goes. */
export function Prospects({ prospects, choice, errors, onChange }: ProspectsProps) {
  const t = useMessages("notices");
  return (
    <ul className="grid gap-3">
      {prospects.map((prospect) => {
        const { task, refusal } = prospect;
        const addressed = addressedOf(prospect, choice);
        const problem = errors[task.code] ?? refusal?.message;
        return (
          <li key={task.id} className="rounded-md border border-line p-3">
            <p className="font-medium">
              <span className="tabular-nums">{task.code}</span> {task.title}
            </p>
            {problem !== undefined && (
              <p role="alert" className="mt-1 flex items-start gap-1.5 text-sm text-danger">
                <Icon name="alert" className="mt-1" /> {problem}
              </p>
            )}
            {refusal === null && (
              <ul className="mt-1 grid gap-x-6 sm:grid-cols-2">
                {prospect.departments.map(({ department, people }) => (
                  <li key={department.id}>
                    <Checkbox
                      isChecked={addressed.includes(department.id)}
                      isDisabled={people.length === 0}
                      hint={
                        people.length === 0
                          ? t("prospect.nobody")
                          : formatList(people.map((one) => one.displayName))
                      }
                      onChange={(isChosen) =>
                        onChange({
                          ...choice,
                          [task.code]: isChosen
                            ? [...addressed, department.id]
                            : addressed.filter((id) => id !== department.id),
                        })
                      }
                    >
                      {department.shortName}
                      {department.id === task.lead?.id && (
                        <span className="text-sm text-muted"> {t("prospect.lead")}</span>
                      )}
                    </Checkbox>
                  </li>
                ))}
              </ul>
            )}
          </li>
        );
      })}
    </ul>
  );
}
