import { formatList } from "../../i18n/format";
import { useState } from "react";
import type { ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { ChooseLead } from "./ChooseLead";
import { useDraft } from "./draft-context";
import { MatchDepartment } from "./MatchDepartment";
import { DismissPlanWarning } from "./mutations";
import type { Problem } from "./problems";
import { TakeNumber } from "./TakeNumber";
import { useAct } from "../../graphql/use-act";
import { useRefusal } from "../../states/use-refusal";

interface ProblemCardProps {
  readonly problem: Problem;
  readonly isOpen: boolean;
  readonly onOpen: () => void;
  /** Called once it is mended or set aside. */
  readonly onDone: () => void;
  readonly onShowTask: (code: string) => void;
  readonly onShowHead: () => void;
}

const dismissed = (data: ResultOf<typeof DismissPlanWarning>) => data.dismissPlanWarning;

/** Sets every warning of a problem aside. */
function useDismiss(problem: Problem): () => Promise<boolean> {
  const act = useAct(DismissPlanWarning, dismissed);
  const refuse = useRefusal();
  return async () => {
    for (const warningId of problem.warningIds) {
      const outcome = await act({ warningId });
      if (outcome.kind !== "done") return refuse(outcome);
    }
    return true;
  };
}

/** One entry of the to-do list; open, it offers the way to mend it. */
export function ProblemCard({
  problem,
  isOpen,
  onOpen,
  onDone,
  onShowTask,
  onShowHead,
}: ProblemCardProps) {
  const t = useMessages("draft");
  const dismiss = useDismiss(problem);
  const [isBusy, setIsBusy] = useState(false);
  const setAside = async (): Promise<void> => {
    setIsBusy(true);
    const isDone = await dismiss();
    setIsBusy(false);
    if (isDone) onDone();
  };
  return (
    <li
      id={`problem-${problem.key}`}
      className={`rounded-card border bg-card ${isOpen ? "border-warn" : "border-line"}`}
    >
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={onOpen}
        className="grid w-full gap-1 rounded-card p-3 text-left hover:bg-sunken"
      >
        <span className="flex flex-wrap items-center gap-2">
          <Badge tone="warning">{t(`problem.${known(problem.code)}`)}</Badge>
          <span className="text-sm tabular-nums text-muted">{formatList(problem.taskCodes)}</span>
        </span>
        <span>{problem.message}</span>
      </button>
      {isOpen && (
        <div className="grid gap-3 border-t border-line p-3">
          {problem.excerpt !== "" && (
            <blockquote className="border-l-2 border-warn pl-3 text-muted">
              {problem.excerpt}
            </blockquote>
          )}
          <div className="flex flex-wrap items-start gap-2 [&>.grid]:basis-full">
            <Mend
              problem={problem}
              onDone={onDone}
              onShowTask={onShowTask}
              onShowHead={onShowHead}
            />
            <Button variant="quiet" isPending={isBusy} onClick={() => void setAside()}>
              {t("problem.dismiss")}
            </Button>
          </div>
        </div>
      )}
    </li>
  );
}

type MendProps = Pick<ProblemCardProps, "problem" | "onDone" | "onShowTask" | "onShowHead">;

/** The shortest way to mend a problem of this kind. */
function Mend({ problem, onDone, onShowTask, onShowHead }: MendProps) {
  const t = useMessages("draft");
  const { tasks } = useDraft();
  const task = tasks.find((one) => one.code === problem.taskCode);
  switch (problem.code) {
    case "NUMBER_NOT_TAKEN":
      return task === undefined ? null : (
        <TakeNumber problem={problem} task={task} onDone={onDone} />
      );
    case "UNKNOWN_DEPARTMENT":
      return <MatchDepartment problem={problem} onDone={onDone} />;
    case "TWO_LEADS":
    case "TASK_WITHOUT_DEPARTMENT":
      return task === undefined ? null : (
        <ChooseLead problem={problem} task={task} onDone={onDone} />
      );
    case "YEAR_UNKNOWN":
    case "TITLE_UNKNOWN":
      return <Button onClick={onShowHead}>{t("problem.openHead")}</Button>;
    default:
      return task === undefined ? null : (
        <Button onClick={() => onShowTask(task.code)}>
          {t("problem.openTask", { code: task.code })}
        </Button>
      );
  }
}

const KNOWN = [
  "TASK_WITHOUT_DEPARTMENT",
  "NUMBER_NOT_TAKEN",
  "TWO_LEADS",
  "UNKNOWN_DEPARTMENT",
  "NUMBERING_GAP",
  "YEAR_UNKNOWN",
  "TITLE_UNKNOWN",
  "DATE_NOT_TAKEN",
  "PART_NOT_READ",
] as const;

/** The code when there is a word for it, else a common one. */
function known(code: string): (typeof KNOWN)[number] | "OTHER" {
  return KNOWN.find((one) => one === code) ?? "OTHER";
}
