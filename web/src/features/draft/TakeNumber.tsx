import { useMemo, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import { metricPrefill } from "./metric-prefill";
import { NewMetric } from "./MetricForm";
import type { Problem } from "./problems";
import { at } from "./source-text";

interface TakeNumberProps {
  readonly problem: Problem;
  readonly task: DraftTaskData;
  readonly onDone: () => void;
}

/** Makes a metric of a number that the reader left out; the form opens filled in. */
export function TakeNumber({ problem, task, onDone }: TakeNumberProps) {
  const t = useMessages("draft");
  const { clauses, plan } = useDraft();
  const [isOpen, setIsOpen] = useState(false);
  const guess = useMemo(() => {
    const sentence = at(clauses, problem.start)?.text ?? "";
    return metricPrefill(problem.excerpt, sentence);
  }, [clauses, problem]);
  if (!isOpen) {
    return <Button onClick={() => setIsOpen(true)}>{t("problem.takeNumber")}</Button>;
  }
  return (
    <NewMetric
      task={task}
      initial={{ ...guess, by: `${String(plan.year)}-12-31` }}
      phrase={guess.phrase}
      {...(problem.warningIds[0] === undefined ? {} : { warningId: problem.warningIds[0] })}
      onDone={onDone}
      onCancel={() => {
        setIsOpen(false);
      }}
    />
  );
}
