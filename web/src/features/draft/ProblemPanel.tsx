import { useEffect } from "react";
import { useMessages } from "../../i18n/messages";
import { Button } from "../../ui/Button";
import { EmptyState } from "../../ui/EmptyState";
import { KeyHint } from "../../ui/KeyHint";
import { following, step, type Problem } from "./problems";
import { ProblemCard } from "./ProblemCard";

interface ProblemPanelProps {
  readonly problems: readonly Problem[];
  readonly open: Problem | null;
  readonly onOpen: (problem: Problem) => void;
  readonly onShowTask: (code: string) => void;
  readonly onShowHead: () => void;
  /** Goes on to the check. */
  readonly onNext: () => void;
}

/** The to-do list: what the reader left for a person to decide, one open at a time. */
export function ProblemPanel({
  problems,
  open,
  onOpen,
  onShowTask,
  onShowHead,
  onNext,
}: ProblemPanelProps) {
  const t = useMessages("draft");
  const openKey = open?.key;
  useEffect(() => {
    if (openKey === undefined) return;
    document.getElementById(`problem-${openKey}`)?.scrollIntoView({ block: "nearest" });
  }, [openKey]);

  if (problems.length === 0) {
    return (
      <EmptyState
        title={t("todo.empty")}
        actions={
          <Button variant="primary" onClick={onNext}>
            {t("todo.next")}
          </Button>
        }
      >
        {t("todo.empty.detail")}
      </EmptyState>
    );
  }
  const place = problems.findIndex((one) => one.key === openKey) + 1;
  const go = (by: 1 | -1): void => {
    const next = step(problems, openKey ?? null, by);
    if (next !== undefined) onOpen(next);
  };
  const done = (problem: Problem): void => {
    const next = following(problems, problem);
    if (next !== undefined) onOpen(next);
  };
  return (
    <div className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <p aria-live="polite" className="mr-auto text-sm text-muted">
          {place === 0
            ? t("todo.count", { count: problems.length })
            : t("todo.place", { at: place, count: problems.length })}
        </p>
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            go(-1);
          }}
        >
          {t("todo.previous")} <KeyHintWide letter="p" />
        </Button>
        <Button
          size="small"
          variant="quiet"
          onClick={() => {
            go(1);
          }}
        >
          {t("todo.nextOne")} <KeyHintWide letter="n" />
        </Button>
      </div>
      <ol className="grid gap-2">
        {problems.map((problem) => (
          <ProblemCard
            key={problem.key}
            problem={problem}
            isOpen={problem.key === openKey}
            onOpen={() => {
              onOpen(problem);
            }}
            onDone={() => {
              done(problem);
            }}
            onShowTask={onShowTask}
            onShowHead={onShowHead}
          />
        ))}
      </ol>
    </div>
  );
}

/** The key beside its button; phones have none. */
function KeyHintWide({ letter }: { readonly letter: string }) {
  return (
    <span className="max-md:hidden">
      <KeyHint keys={[letter]} />
    </span>
  );
}
