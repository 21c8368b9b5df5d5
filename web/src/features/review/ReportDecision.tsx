import { useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { Checkbox } from "../../ui/Checkbox";
import { DateInput } from "../../ui/DateInput";
import { Field } from "../../ui/Field";
import type { DecisionProps } from "./Decision";
import { daysAfter } from "./items";
import { useForm } from "./use-form";
import { VerdictButtons } from "./VerdictButtons";
import { WordsField } from "./WordsField";

const CELLS = [
  ["PROGRESS", "progress"],
  ["PROBLEMS", "problems"],
  ["NEXT_STEPS", "nextSteps"],
  ["SUPPORT_NEEDED", "supportNeeded"],
  ["SELF_ASSESSMENT", "selfAssessment"],
] as const;
type Cell = (typeof CELLS)[number][0];

/** Days that are proposed for mending. */
const MEND_DAYS = 3;

/** Accepts a report, or returns it with the cells to mend. */
export function ReportDecision(props: DecisionProps) {
  const { item, decisions, verdict, onVerdict, onDecided } = props;
  const t = useMessages("review");
  const { isBusy, send } = useForm(onDecided);
  const { report } = item;
  if (report == null) return null;
  if (verdict === "return") return <ReturnForm {...props} />;
  return (
    <VerdictButtons
      accept={t("accept")}
      refuse={t("return")}
      isBusy={isBusy}
      onAccept={() => void send(decisions.accept([report]), t("accepted"))}
      onRefuse={() => onVerdict("return")}
    />
  );
}

function ReturnForm({ item, decisions, today, onVerdict, onDecided }: DecisionProps) {
  const t = useMessages("review");
  const r = useMessages("report");
  const { isBusy, send, error } = useForm(onDecided);
  const [cells, setCells] = useState<readonly Cell[]>(["PROGRESS"]);
  const [words, setWords] = useState("");
  const [mendBy, setMendBy] = useState(daysAfter(today, MEND_DAYS));
  const { report } = item;
  if (report == null) return null;
  const submit = (): void => {
    const of = { reportId: report.id, expectedVersion: report.version };
    const sending = decisions.returnReport({ ...of, cells: [...cells], remark: words, mendBy });
    void send(sending, t("returned"));
  };
  return (
    <form
      className="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <fieldset>
        <legend className="mb-1 text-sm font-medium">{t("cells")}</legend>
        <div className="grid grid-cols-2">
          {CELLS.map(([cell, name]) => (
            <Checkbox
              key={cell}
              isChecked={cells.includes(cell)}
              onChange={(isChecked) =>
                setCells(isChecked ? [...cells, cell] : cells.filter((one) => one !== cell))
              }
            >
              {r(`cell.${name}`)}
            </Checkbox>
          ))}
        </div>
        {error("cells") !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {error("cells")}
          </p>
        )}
      </fieldset>
      <WordsField
        label={t("remark")}
        value={words}
        onChange={setWords}
        error={error("remark")}
        canned={[t("canned.figures"), t("canned.reason"), t("canned.steps"), t("canned.copied")]}
        isRequired
      />
      <Field label={t("mendBy")} error={error("mendBy")}>
        <DateInput value={mendBy} min={today} required onChange={setMendBy} />
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" isPending={isBusy}>
          {t("return.confirm")}
        </Button>
        <Button variant="quiet" onClick={() => onVerdict(null)}>
          {t("cancel")}
        </Button>
      </div>
    </form>
  );
}
