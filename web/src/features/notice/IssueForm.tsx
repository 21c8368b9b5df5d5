import { useRouter } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { messageFor } from "../../graphql/outcome";
import { useKeyedAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Field } from "../../ui/Field";
import { TextArea } from "../../ui/TextArea";
import { useToast } from "../../ui/Toast";
import { noticesUrl } from "../../ui/urls";
import { DaysSelect } from "./DaysSelect";
import { addressedOf, type Choice, Prospects } from "./Prospects";
import { IssueNotices, type ProspectData } from "./queries";

interface IssueFormProps {
  readonly prospects: readonly ProspectData[];
  /** The tasks of these codes got their notice. */
  readonly onIssued: (codes: readonly string[]) => void;
}

/** Whom the notices reach, what is asked, until when; then they go. */
export function IssueForm({ prospects, onIssued }: IssueFormProps) {
  const t = useMessages("notices");
  const router = useRouter();
  const toast = useToast();
  const issue = useKeyedAct(IssueNotices, (data) => data.issueNotices);
  const [choice, setChoice] = useState<Choice>({});
  const [text, setText] = useState(t("text.default"));
  const [days, setDays] = useState(3);
  const [isSending, setSending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const open = prospects.filter((one) => one.refusal === null);
  const going = open.filter((one) => addressedOf(one, choice).length > 0);
  const people = new Set(
    going.flatMap((one) =>
      one.departments
        .filter(({ department }) => addressedOf(one, choice).includes(department.id))
        .flatMap(({ people: told }) => told.map((person) => person.id)),
    ),
  );

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (going.length === 0) return;
    setSending(true);
    const rows = going.map((one) => ({
      taskId: one.task.code,
      departmentIds: [...addressedOf(one, choice)],
      text,
      replyWorkingDays: days,
    }));
    const outcome = await issue({ rows });
    setSending(false);
    if (outcome.kind !== "done" || outcome.payload === undefined) {
      setFailure(
        outcome.kind === "refused"
          ? outcome.errors.map((one) => one.message).join(" ")
          : t("failed"),
      );
      return;
    }
    setFailure(null);
    const ended = going.map((one, index) => ({
      code: one.task.code,
      row: outcome.payload?.rows[index],
    }));
    const issued = ended.filter(({ row }) => row?.notice != null).map(({ code }) => code);
    const problems = ended.flatMap(({ code, row }) => {
      const message = row?.userErrors.map((one) => one.message).join(" ") ?? "";
      return message === "" ? [] : [[code, message] as const];
    });
    setErrors(Object.fromEntries(problems));
    if (issued.length > 0) {
      toast({ message: t("issued", { count: issued.length }) });
      onIssued(issued);
    }
    if (problems.length === 0) router.history.push(noticesUrl());
  };

  return (
    <form className="grid gap-4" onSubmit={(event) => void submit(event)}>
      <Prospects prospects={prospects} choice={choice} errors={errors} onChange={setChoice} />
      <Field label={t("text")} isRequired error={messageFor([], "text")}>
        <TextArea rows={4} value={text} onChange={setText} />
      </Field>
      <DaysSelect value={days} onChange={setDays} />
      {failure !== null && <Callout tone="danger" title={failure} />}
      <div className="flex flex-wrap items-center gap-4">
        <Button
          type="submit"
          variant="primary"
          isPending={isSending}
          disabled={going.length === 0 || text.trim() === ""}
        >
          {t("send", { count: going.length })}
        </Button>
        <p className="caption text-sm text-muted" aria-live="polite">
          {t("send.reach", { count: people.size })}
        </p>
      </div>
    </form>
  );
}
