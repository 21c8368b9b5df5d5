import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { messageFor, type Outcome, otherMessages } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Combobox } from "../../ui/Combobox";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { IconButton } from "../../ui/IconButton";
import { Select } from "../../ui/Select";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import { EMPTY_ITEM, type ItemEntry, ITEM_KINDS, inputOf } from "./entry";
import { CreateTask, ItemDepartments } from "./queries";

const created = (data: ResultOf<typeof CreateTask>) => data.createTask;
const FIELDS = [
  "kind",
  "source",
  "sourceOn",
  "documentNumber",
  "title",
  "text",
  "lead",
  "support",
  "deadline",
];

interface NewItemDialogProps {
  /** Called with the code of the new item. */
  readonly onDone: (code: string) => void;
  readonly onClose: () => void;
}

/** 新增事项: where it comes from, what is to be done, who and until when. */
export function NewItemDialog({ onDone, onClose }: NewItemDialogProps) {
  const t = useMessages("items");
  const common = useMessages("common");
  const act = useKeyedAct(CreateTask, created);
  const [entry, setEntry] = useState<ItemEntry>(EMPTY_ITEM);
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  const send = async (): Promise<void> => {
    if (isPending) return;
    setPending(true);
    const ended = await act(inputOf(entry));
    setPending(false);
    setOutcome(ended);
    if (ended.kind === "done") onDone(ended.payload?.task?.code ?? "");
  };
  return (
    <Dialog title={t("new")} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void send();
        }}
      >
        <p className="caption text-sm text-muted">{t("new.about")}</p>
        <SourceFields entry={entry} onChange={setEntry} errorOf={(f) => messageFor(errors, f)} />
        <WorkFields entry={entry} onChange={setEntry} errorOf={(f) => messageFor(errors, f)} />
        {otherMessages(errors, FIELDS).map((message) => (
          <Callout key={message} tone="danger" title={message} />
        ))}
        {outcome?.kind === "failed" && <Callout tone="danger" title={t("new.failed")} />}
        <footer className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" isPending={isPending}>
            {t("new.send")}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}

interface FieldsProps {
  readonly entry: ItemEntry;
  readonly onChange: (entry: ItemEntry) => void;
  readonly errorOf: (field: string) => string | undefined;
}

/** Where it comes from. */
function SourceFields({ entry, onChange, errorOf }: FieldsProps) {
  const t = useMessages("items");
  const words = useMessages("domain");
  const { today } = useToday();
  return (
    <>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("kind")} isRequired error={errorOf("kind")}>
          <Select
            value={entry.kind}
            options={ITEM_KINDS.map((kind) => ({ value: kind, label: words(`kind.${kind}`) }))}
            onChange={(kind) => onChange({ ...entry, kind })}
          />
        </Field>
        <Field label={t("sourceOn")} error={errorOf("sourceOn")}>
          <DateInput
            value={entry.sourceOn}
            {...(today === null ? {} : { max: today })}
            onChange={(sourceOn) => onChange({ ...entry, sourceOn })}
          />
        </Field>
      </div>
      <Field label={t("source")} hint={t("source.hint")} isRequired error={errorOf("source")}>
        <TextInput value={entry.source} onChange={(source) => onChange({ ...entry, source })} />
      </Field>
      <Field label={t("documentNumber")} error={errorOf("documentNumber")}>
        <TextInput
          value={entry.documentNumber}
          onChange={(documentNumber) => onChange({ ...entry, documentNumber })}
        />
      </Field>
    </>
  );
}

/** What is to be done, who, until when. */
function WorkFields({ entry, onChange, errorOf }: FieldsProps) {
  const t = useMessages("items");
  const { today } = useToday();
  const [{ data }] = useQuery({ query: ItemDepartments });
  const departments = data?.departments.edges.map((edge) => edge.node) ?? [];
  const options = departments.map((one) => ({
    id: one.id,
    label: one.name,
    hint: one.code,
    search: `${one.name} ${one.shortName} ${one.code}`,
  }));
  const taken = (id: string) => id === entry.lead || entry.support.includes(id);
  return (
    <>
      <Field label={t("title")} isRequired error={errorOf("title")}>
        <TextInput value={entry.title} onChange={(title) => onChange({ ...entry, title })} />
      </Field>
      <Field label={t("text")} hint={t("text.hint")} error={errorOf("text")}>
        <TextArea value={entry.text} onChange={(text) => onChange({ ...entry, text })} />
      </Field>
      <Combobox
        label={t("lead")}
        options={options}
        value={entry.lead}
        error={errorOf("lead")}
        onChange={(lead) => onChange({ ...entry, lead })}
      />
      <div className="grid gap-2">
        <Combobox
          label={t("support")}
          options={options.filter((one) => !taken(one.id))}
          value={null}
          error={errorOf("support")}
          onChange={(id) => onChange({ ...entry, support: [...entry.support, id] })}
        />
        <ul className="flex flex-wrap gap-2 empty:hidden">
          {departments
            .filter((one) => entry.support.includes(one.id))
            .map((one) => (
              <li
                key={one.id}
                className="inline-flex min-h-8 items-center rounded-md border border-line bg-sunken pl-2.5 text-sm"
              >
                {one.shortName}
                <IconButton
                  icon="close"
                  label={t("support.remove", { name: one.shortName })}
                  onClick={() =>
                    onChange({ ...entry, support: entry.support.filter((id) => id !== one.id) })
                  }
                />
              </li>
            ))}
        </ul>
      </div>
      <Field
        label={t("deadline")}
        hint={t("deadline.hint")}
        error={errorOf("deadline")}
        className="max-w-56"
      >
        <DateInput
          value={entry.deadline}
          {...(today === null ? {} : { min: today })}
          onChange={(deadline) => onChange({ ...entry, deadline })}
        />
      </Field>
    </>
  );
}
