import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { responsibilityOf, withLead } from "./assignments";
import { DepartmentPicker } from "./DepartmentPicker";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import { DismissPlanWarning, SetAssignments } from "./mutations";
import type { Problem } from "./problems";
import { useAct } from "../../graphql/use-act";
import { useRefusal } from "../../states/use-refusal";

interface ChooseLeadProps {
  readonly problem: Problem;
  readonly task: DraftTaskData;
  readonly onDone: () => void;
}

const assigned = (data: ResultOf<typeof SetAssignments>) => data.setAssignments;
const dismissed = (data: ResultOf<typeof DismissPlanWarning>) => data.dismissPlanWarning;

/** Settles who leads: one of those named, or any department of the register. */
export function ChooseLead({ problem, task, onDone }: ChooseLeadProps) {
  const t = useMessages("draft");
  const { departments, reload } = useDraft();
  const setAssignments = useAct(SetAssignments, assigned);
  const dismiss = useAct(DismissPlanWarning, dismissed);
  const refuse = useRefusal();
  const [isBusy, setIsBusy] = useState(false);
  const named = task.assignments.edges.map((edge) => edge.node);

  const choose = async (id: string): Promise<void> => {
    setIsBusy(true);
    const { lead, support } = withLead(responsibilityOf(named), id);
    const outcome = await setAssignments({
      taskId: task.id,
      expectedVersion: task.version,
      lead: lead ?? id,
      support: [...support],
    });
    if (outcome.kind === "conflict") reload();
    const isStored = refuse(outcome);
    if (isStored) for (const warningId of problem.warningIds) await dismiss({ warningId });
    setIsBusy(false);
    if (isStored) onDone();
  };

  return (
    <div className="grid gap-3">
      {named.length > 0 && (
        <fieldset className="flex flex-wrap gap-2">
          <legend className="sr-only">{t("problem.chooseLead")}</legend>
          {named.map(({ id, department }) => (
            <Button key={id} disabled={isBusy} onClick={() => void choose(department.id)}>
              {t("problem.leadBy", { name: department.shortName })}
            </Button>
          ))}
        </fieldset>
      )}
      <DepartmentPicker
        label={named.length > 0 ? t("problem.otherLead") : t("departments.chooseLead")}
        departments={departments}
        without={named.map((one) => one.department.id)}
        onChoose={(id) => void choose(id)}
      />
    </div>
  );
}
