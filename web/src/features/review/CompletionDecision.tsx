import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import { Select } from "../../ui/Select";
import type { DecisionProps } from "./Decision";
import { daysAfter } from "./items";
import { useForm } from "./use-form";
import { VerdictButtons } from "./VerdictButtons";
import { WordsField } from "./WordsField";

const GRADES = ["EXCELLENT", "GOOD", "PASS", "FAIL"] as const;
type Grade = (typeof GRADES)[number];

/** Days that are proposed for mending. */
const MEND_DAYS = 7;

/** Completes a task with a grade, or returns what was submitted. */
export function CompletionDecision(props: DecisionProps) {
  const t = useMessages("review");
  const { verdict, onVerdict } = props;
  if (verdict !== null) return <CompletionForm key={verdict} {...props} verdict={verdict} />;
  return (
    <VerdictButtons
      accept={t("complete")}
      refuse={t("return")}
      isBusy={false}
      onAccept={() => onVerdict("accept")}
      onRefuse={() => onVerdict("return")}
    />
  );
}

function CompletionForm(props: DecisionProps) {
  const { item, decisions, today, verdict, proposed = "", onVerdict, onDecided } = props;
  const t = useMessages("review");
  const { isBusy, send, error } = useForm(onDecided);
  const [grade, setGrade] = useState<Grade>("GOOD");
  const isAccepting = verdict === "accept";
  const [words, setWords] = useState(isAccepting ? proposed : "");
  const [mendBy, setMendBy] = useState(daysAfter(today, MEND_DAYS));
  const submit = (): void => {
    const of = { taskId: item.task.id, expectedVersion: item.task.version, reason: words };
    if (isAccepting) void send(decisions.complete({ ...of, grade }), t("completed"));
    else void send(decisions.returnTask({ ...of, mendBy }), t("returned"));
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      {isAccepting && (
        <Field label={t("grade")}>
          <Select
            value={grade}
            options={GRADES.map((one) => ({ value: one, label: t(`grade.${one}`) }))}
            onChange={setGrade}
          />
        </Field>
      )}
      <WordsField
        label={isAccepting ? t("grade.reason") : t("remark")}
        value={words}
        onChange={setWords}
        error={error("reason")}
        canned={
          isAccepting
            ? [t("canned.done"), t("canned.inTime")]
            : [t("canned.evidence"), t("canned.figures")]
        }
        isRequired
      />
      {!isAccepting && (
        <Field label={t("mendBy")} error={error("mendBy")}>
          <DateInput value={mendBy} min={today} required onChange={setMendBy} />
        </Field>
      )}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isBusy}>
          {isAccepting ? t("complete.confirm") : t("return.confirm")}
        </Button>
        <Button variant="quiet" onClick={() => onVerdict(null)}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
