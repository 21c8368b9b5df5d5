import { type ReactNode, useState } from "react";
import type { ResultOf, VariablesOf } from "../../graphql/graphql";
import { messageFor, type Outcome, otherMessages } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Checkbox } from "../../ui/Checkbox";
import { DateInput } from "../../ui/DateInput";
import { Dialog } from "../../ui/Dialog";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import { TextArea } from "../../ui/TextArea";
import { TextInput } from "../../ui/TextInput";
import type { DepartmentDetailData } from "./fragments";
import { AddDepartment, SetVenue } from "./mutations";

const KINDS = [
  "AFFILIATED_INSTITUTION",
  "HQ_DEPARTMENT",
  "COUNTY_ASSOCIATION",
  "MUNICIPAL_ASSOCIATION",
  "PROVINCIAL_SOCIETY",
  "UNIVERSITY_ASSOCIATION",
  "ENTERPRISE_ASSOCIATION",
  "HOSPITAL_ASSOCIATION",
  "INSTITUTE_ASSOCIATION",
  "PARTNER",
  "SUPERIOR",
] as const;
const added = (data: ResultOf<typeof AddDepartment>) => data.addDepartment;
const marked = (data: ResultOf<typeof SetVenue>) => data.setVenue;

type Added = VariablesOf<typeof AddDepartment>["input"];

interface AddDepartmentDialogProps {
  readonly above: DepartmentDetailData;
  readonly onClose: () => void;
  readonly onDone: (code: string) => void;
}

/** 新增单位: a unit right below another one, from a day on. */
export function AddDepartmentDialog({ above, onClose, onDone }: AddDepartmentDialogProps) {
  const t = useMessages("orgs");
  const { today } = useToday();
  const act = useKeyedAct(AddDepartment, added);
  const [entry, setEntry] = useState<Omit<Added, "parent" | "idempotencyKey">>({
    code: "",
    name: "",
    kind: "AFFILIATED_INSTITUTION",
    isVenue: false,
    from: null,
  });
  const sending = useSending();
  const send = async (): Promise<void> => {
    const ended = await sending.run(() => act({ ...entry, parent: above.id }));
    if (ended?.kind === "done") onDone(ended.payload?.department?.code ?? entry.code);
  };
  const set = (patch: Partial<typeof entry>) => setEntry((known) => ({ ...known, ...patch }));
  return (
    <Dialog title={t("add.title", { name: above.shortName })} onClose={onClose}>
      <Sheet
        sending={sending}
        fields={["name", "code", "kind", "from"]}
        submit={t("add")}
        onSubmit={() => void send()}
        onClose={onClose}
      >
        <Field label={t("add.name")} isRequired error={sending.errorOf("name")}>
          <TextInput value={entry.name} onChange={(name) => set({ name })} />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          <Field
            label={t("detail.code")}
            hint={t("add.code.hint")}
            isRequired
            error={sending.errorOf("code")}
          >
            <TextInput value={entry.code} onChange={(code) => set({ code })} />
          </Field>
          <Field label={t("add.kind")} error={sending.errorOf("kind")}>
            <Select
              value={entry.kind}
              options={KINDS.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
              onChange={(kind) => set({ kind })}
            />
          </Field>
        </div>
        <Field label={t("from")} hint={t("from.hint")} error={sending.errorOf("from")}>
          <DateInput
            value={entry.from ?? ""}
            {...(today === null ? {} : { max: today })}
            onChange={(from) => set({ from: from === "" ? null : from })}
          />
        </Field>
        <Checkbox
          isChecked={entry.isVenue ?? false}
          hint={t("venue.hint")}
          onChange={(isVenue) => set({ isVenue })}
        >
          {t("venue")}
        </Checkbox>
      </Sheet>
    </Dialog>
  );
}

interface VenueDialogProps {
  readonly department: DepartmentDetailData;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** 标为场馆: from when on a unit is asked for the figures of venues, or is no longer. */
export function VenueDialog({ department, onClose, onDone }: VenueDialogProps) {
  const t = useMessages("orgs");
  const { today } = useToday();
  const act = useKeyedAct(SetVenue, marked);
  const isVenue = !department.isVenue;
  const [from, setFrom] = useState("");
  const [reason, setReason] = useState("");
  const sending = useSending();
  const send = async (): Promise<void> => {
    const input = {
      department: department.id,
      expectedVersion: department.version,
      from: from === "" ? null : from,
      isVenue,
      reason,
    };
    const ended = await sending.run(() => act(input));
    if (ended?.kind === "done") onDone();
  };
  const title = t(isVenue ? "venue.mark" : "venue.unmark");
  return (
    <Dialog title={`${title} · ${department.shortName}`} onClose={onClose}>
      <Sheet
        sending={sending}
        fields={["from", "reason"]}
        submit={title}
        onSubmit={() => void send()}
        onClose={onClose}
      >
        <p className="caption text-sm text-muted">{t("venue.hint")}</p>
        <Field label={t("from")} hint={t("from.hint")} error={sending.errorOf("from")}>
          <DateInput value={from} {...(today === null ? {} : { max: today })} onChange={setFrom} />
        </Field>
        <Field label={t("venue.reason")} isRequired error={sending.errorOf("reason")}>
          <TextArea value={reason} onChange={setReason} />
        </Field>
      </Sheet>
    </Dialog>
  );
}

interface Sending {
  readonly isPending: boolean;
  readonly outcome: Outcome | null;
  readonly errorOf: (field: string) => string | undefined;
  readonly run: <Answer>(
    send: () => Promise<Outcome<Answer>>,
  ) => Promise<Outcome<Answer> | undefined>;
}

/** How sending stands; a second press while it runs does nothing. */
function useSending(): Sending {
  const [isPending, setPending] = useState(false);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const errors = outcome?.kind === "refused" ? outcome.errors : [];
  return {
    isPending,
    outcome,
    errorOf: (field) => messageFor(errors, field),
    run: async (send) => {
      if (isPending) return undefined;
      setPending(true);
      const ended = await send();
      setPending(false);
      setOutcome(ended);
      return ended;
    },
  };
}

interface SheetProps {
  readonly sending: Sending;
  /** Fields that show their own message. */
  readonly fields: readonly string[];
  readonly submit: string;
  readonly onSubmit: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** Fields, what went wrong, and the buttons. */
function Sheet({ sending, fields, submit, onSubmit, onClose, children }: SheetProps) {
  const t = useMessages("orgs");
  const common = useMessages("common");
  const { outcome } = sending;
  const messages =
    outcome?.kind === "conflict"
      ? [outcome.message]
      : otherMessages(outcome?.kind === "refused" ? outcome.errors : [], fields);
  return (
    <form
      noValidate
      className="grid gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
      {messages.map((message) => (
        <Callout key={message} tone="danger" title={message} />
      ))}
      {outcome?.kind === "failed" && <Callout tone="danger" title={t("failed")} />}
      <footer className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>{common("cancel")}</Button>
        <Button type="submit" variant="primary" isPending={sending.isPending}>
          {submit}
        </Button>
      </footer>
    </form>
  );
}
