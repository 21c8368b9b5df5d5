import { useMemo, useState } from "react";
import type { ResultOf, VariablesOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { DepartmentPicker } from "./DepartmentPicker";
import { proposals } from "./department-match";
import { useDraft } from "./draft-context";
import { ResolveDepartmentName } from "./mutations";
import { NewDepartment } from "./NewDepartment";
import type { Outcome } from "../../graphql/outcome";
import type { Problem } from "./problems";
import { useAct } from "../../graphql/use-act";
import { useRefusal } from "../../states/use-refusal";

interface MatchDepartmentProps {
  readonly problem: Problem;
  readonly onDone: () => void;
}

type Input = VariablesOf<typeof ResolveDepartmentName>["input"];
const resolved = (data: ResultOf<typeof ResolveDepartmentName>) => data.resolveDepartmentName;

/** Matches a name that the register does not know, in every task of the plan at once. */
export function MatchDepartment({ problem, onDone }: MatchDepartmentProps) {
  const t = useMessages("draft");
  const { plan, departments, reload } = useDraft();
  const act = useAct(ResolveDepartmentName, resolved);
  const refuse = useRefusal();
  const [isCreating, setIsCreating] = useState(false);
  const name = problem.name ?? problem.excerpt;
  const alike = useMemo(() => proposals(departments, name), [departments, name]);

  const settle = async (choice: Pick<Input, "department" | "create">): Promise<Outcome> => {
    const outcome = await act({ planId: plan.id, name, ...choice });
    if (outcome.kind === "done") {
      reload();
      onDone();
    }
    return outcome;
  };
  const match = async (department: string): Promise<void> => {
    const outcome = await settle({ department });
    if (outcome.kind !== "done") refuse(outcome);
  };

  if (isCreating) {
    return (
      <NewDepartment
        name={name}
        onCreate={(create) => settle({ create })}
        onCancel={() => {
          setIsCreating(false);
        }}
      />
    );
  }
  return (
    <div className="grid gap-3">
      <p className="caption text-sm text-muted">
        {t("problem.wholePlan", { name, count: problem.taskCodes.length })}
      </p>
      <div className="flex flex-wrap gap-2">
        {alike.map((one) => (
          <Button key={one.id} onClick={() => void match(one.id)}>
            {t("problem.matchTo", { name: one.name })}
          </Button>
        ))}
        <Button
          variant="quiet"
          onClick={() => {
            setIsCreating(true);
          }}
        >
          {t("problem.create")}
        </Button>
      </div>
      <DepartmentPicker
        label={t("problem.matchOther")}
        departments={departments}
        onChoose={(id) => void match(id)}
      />
    </div>
  );
}
