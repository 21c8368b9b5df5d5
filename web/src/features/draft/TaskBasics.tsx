import { useMemo } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import { UpdateTask } from "./mutations";
import { messageFor, type Outcome } from "../../graphql/outcome";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit } from "../../states/use-edit";

interface Basics {
  readonly title: string;
  readonly deadline: string;
}

const FIELDS = ["title", "deadline"] as const;
const payloadOf = (data: ResultOf<typeof UpdateTask>) => data.updateTask;

/** Title and deadline of a task; stored when the field is left. */
export function TaskBasics({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const { reload } = useDraft();
  const act = useAct(UpdateTask, payloadOf);
  const stored = useMemo(
    () => ({ title: task.title, deadline: task.deadline ?? "" }),
    [task.title, task.deadline],
  );
  const commit = ({ title, deadline }: Partial<Basics>): Promise<Outcome> =>
    act({
      taskId: task.id,
      expectedVersion: task.version,
      ...(title === undefined ? {} : { title: title.trim() }),
      ...(deadline === undefined ? {} : deadline === "" ? { clearDeadline: true } : { deadline }),
    });
  const edit = useEdit<Basics>(stored, commit, reload);
  const isConflict = edit.status === "conflict";

  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void edit.save();
      }}
      onBlur={(event) => {
        const isLeft = !event.currentTarget.contains(event.relatedTarget);
        if (edit.isDirty && isLeft && !isConflict) void edit.save();
      }}
    >
      <Field
        label={t("task.title")}
        hint={isConflict ? t("save.stored", { value: task.title }) : undefined}
        error={messageFor(edit.errors, "title")}
      >
        <TextArea
          rows={2}
          value={edit.values.title}
          onChange={(title) => {
            edit.set({ title });
          }}
        />
      </Field>
      <Field
        label={t("task.deadline")}
        hint={
          task.deadlineText === null
            ? t("task.noDeadline")
            : t("task.inText", { words: task.deadlineText })
        }
        error={messageFor(edit.errors, "deadline")}
      >
        <DateInput
          value={edit.values.deadline}
          onChange={(deadline) => {
            edit.set({ deadline });
          }}
        />
      </Field>
      <SaveState
        status={edit.status}
        errors={edit.errors}
        requestId={edit.requestId}
        fields={FIELDS}
        onRetry={() => void edit.save()}
        onReset={edit.reset}
      />
    </form>
  );
}
