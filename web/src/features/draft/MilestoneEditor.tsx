import { useMemo, useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import { TextInput } from "../../ui/TextInput";
import { useDraft } from "./draft-context";
import type { DraftMilestoneData, DraftTaskData } from "./fragments";
import { AddMilestone, RemoveMilestone, UpdateMilestone } from "./mutations";
import { messageFor, type Outcome } from "../../graphql/outcome";
import { SaveState } from "../../states/SaveState";
import { useAct } from "../../graphql/use-act";
import { useEdit } from "../../states/use-edit";
import { useRefusal } from "../../states/use-refusal";

interface MilestoneValues {
  readonly title: string;
  readonly dueOn: string;
}

const FIELDS = ["title", "dueOn"] as const;
const NEW: MilestoneValues = { title: "", dueOn: "" };
const added = (data: ResultOf<typeof AddMilestone>) => data.addMilestone;
const updated = (data: ResultOf<typeof UpdateMilestone>) => data.updateMilestone;
const removed = (data: ResultOf<typeof RemoveMilestone>) => data.removeMilestone;

/** The milestones of a task; a line is stored when it is left, a new one by its button. */
export function MilestoneEditor({ task }: { readonly task: DraftTaskData }) {
  const t = useMessages("draft");
  const [isOpen, setIsOpen] = useState(false);
  const { reload } = useDraft();
  const act = useAct(AddMilestone, added);
  const edit = useEdit<MilestoneValues>(
    NEW,
    ({ title, dueOn }) =>
      act({
        taskId: task.id,
        expectedTaskVersion: task.version,
        title: (title ?? "").trim(),
        dueOn: dueOn === undefined || dueOn === "" ? null : dueOn,
      }),
    reload,
  );
  const close = (): void => {
    edit.reset();
    setIsOpen(false);
  };
  const add = async (): Promise<void> => {
    if (await edit.save()) close();
  };

  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1 text-sm font-medium">{t("milestones.title")}</legend>
      {task.milestones.edges.map(({ node }) => (
        <MilestoneLine key={node.id} milestone={node} />
      ))}
      {isOpen ? (
        <form
          className="grid gap-3 rounded-card border border-line bg-paper p-3"
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <MilestoneFields edit={edit} />
          <div className="flex gap-2">
            <Button type="submit" isPending={edit.status === "saving"}>
              {t("milestones.save")}
            </Button>
            <Button variant="quiet" onClick={close}>
              {t("cancel")}
            </Button>
          </div>
        </form>
      ) : (
        <div>
          <Button
            size="small"
            variant="quiet"
            icon="plus"
            className="-ml-2.5"
            onClick={() => {
              setIsOpen(true);
            }}
          >
            {t("milestones.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}

function MilestoneFields({ edit }: { readonly edit: ReturnType<typeof useEdit<MilestoneValues>> }) {
  const t = useMessages("draft");
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-[minmax(0,1fr)_11rem]">
        <Field label={t("milestones.name")} error={messageFor(edit.errors, "title")}>
          <TextInput
            value={edit.values.title}
            onChange={(title) => {
              edit.set({ title });
            }}
          />
        </Field>
        <Field label={t("milestones.due")} error={messageFor(edit.errors, "dueOn")}>
          <DateInput
            value={edit.values.dueOn}
            onChange={(dueOn) => {
              edit.set({ dueOn });
            }}
          />
        </Field>
      </div>
      <SaveState
        status={edit.status}
        errors={edit.errors}
        requestId={edit.requestId}
        fields={FIELDS}
        onRetry={() => void edit.save()}
        onReset={edit.reset}
      />
    </>
  );
}

function MilestoneLine({ milestone }: { readonly milestone: DraftMilestoneData }) {
  const t = useMessages("draft");
  const { reload } = useDraft();
  const change = useAct(UpdateMilestone, updated);
  const takeOff = useAct(RemoveMilestone, removed);
  const refuse = useRefusal();
  const stored = useMemo(
    () => ({ title: milestone.title, dueOn: milestone.dueOn ?? "" }),
    [milestone.title, milestone.dueOn],
  );
  const commit = ({ title, dueOn }: Partial<MilestoneValues>): Promise<Outcome> =>
    change({
      milestoneId: milestone.id,
      expectedVersion: milestone.version,
      ...(title === undefined ? {} : { title: title.trim() }),
      ...(dueOn === undefined ? {} : dueOn === "" ? { clearDueOn: true } : { dueOn }),
    });
  const edit = useEdit<MilestoneValues>(stored, commit, reload);
  const remove = async (): Promise<void> => {
    const outcome = await takeOff({
      milestoneId: milestone.id,
      expectedVersion: milestone.version,
    });
    if (outcome.kind === "conflict") reload();
    refuse(outcome, t("milestones.removed"));
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void edit.save();
      }}
      onBlur={(event) => {
        if (edit.isDirty && !event.currentTarget.contains(event.relatedTarget)) void edit.save();
      }}
    >
      <MilestoneFields edit={edit} />
      <div className="mt-1 flex justify-end">
        <Button size="small" variant="quiet" onClick={() => void remove()}>
          {t("remove")}
          <span className="sr-only">{milestone.title}</span>
        </Button>
      </div>
    </form>
  );
}
