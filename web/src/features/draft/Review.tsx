import { useCallback, useEffect, useMemo, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { SegmentedControl } from "../../ui/SegmentedControl";
import type { ReviewPanel } from "./draft-address";
import { useDraft } from "./draft-context";
import { HeadForm } from "./HeadForm";
import { openProblems, type Problem } from "./problems";
import { ProblemPanel } from "./ProblemPanel";
import { SourceText, type TextFocus } from "./SourceText";
import { TaskList } from "./TaskList";
import { useIsWide } from "../../ui/use-is-wide";
import { useProblemKeys } from "./use-problem-keys";

interface ReviewProps {
  /** Code of the open task, as the address says. */
  readonly task: string | null;
  /** Null: the to-do list while something waits, else the tasks. */
  readonly panel: ReviewPanel | null;
  readonly onChange: (view: { readonly task: string | null; readonly panel: ReviewPanel }) => void;
  readonly onNext: () => void;
}

/** Step 2: the text on the left, what was found in it on the right, joined by selection. */
export function Review({ task, panel: chosenPanel, onChange, onNext }: ReviewProps) {
  const t = useMessages("draft");
  const { plan, tasks, clauses } = useDraft();
  const problems = useMemo(() => openProblems(plan.warnings, tasks), [plan.warnings, tasks]);
  const isWide = useIsWide();
  const usual = problems.length > 0 ? "todo" : "items";
  const panel = chosenPanel === null || (isWide && chosenPanel === "text") ? usual : chosenPanel;
  const [problem, setProblem] = useState<string | null>(null);
  const openProblem = problems.find((one) => one.key === problem) ?? null;
  const focus = useFocus(panel === "todo" ? openProblem : null, task);

  const show = useCallback(
    (one: Problem) => {
      setProblem(one.key);
      onChange({ task: one.taskCode, panel: "todo" });
    },
    [onChange],
  );
  const select = useCallback(
    (code: string) => {
      onChange({ task: code, panel: "items" });
    },
    [onChange],
  );
  const toggle = useCallback(
    (code: string) => {
      onChange({ task: code === task ? null : code, panel: "items" });
    },
    [onChange, task],
  );
  useProblemKeys(problems, openProblem?.key ?? null, show);
  useScrollTo(panel === "items" && task !== null ? `task-${task}` : null);

  return (
    <div className="lg:grid lg:-mb-8 lg:h-[calc(100dvh-14.2rem)] lg:min-h-[30rem] lg:grid-cols-2 lg:gap-4">
      <section
        aria-label={t("source.label")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the text must scroll by keyboard
        tabIndex={0}
        className={`rounded-card border border-line bg-card p-4 lg:block lg:overflow-y-auto ${panel === "text" ? "" : "hidden"}`}
      >
        <SourceText
          clauses={clauses}
          tasks={tasks}
          problems={problems}
          selectedTask={task}
          focus={focus}
          onSelect={select}
        />
      </section>
      <section
        aria-label={t("found.label")}
        className="grid min-h-0 min-w-0 grid-cols-[minmax(0,1fr)] grid-rows-[auto_minmax(0,1fr)]"
      >
        <PanelSwitch
          panel={panel}
          problemCount={problems.length}
          onChange={(next) => {
            onChange({ task, panel: next });
          }}
        />
        <div className="relative min-h-0 lg:overflow-y-auto" tabIndex={-1}>
          {panel === "head" && <HeadForm />}
          {panel === "items" && <TaskList problems={problems} openTask={task} onToggle={toggle} />}
          {panel === "todo" && (
            <ProblemPanel
              problems={problems}
              open={openProblem}
              onOpen={show}
              onShowTask={select}
              onShowHead={() => {
                onChange({ task, panel: "head" });
              }}
              onNext={onNext}
            />
          )}
        </div>
      </section>
    </div>
  );
}

/** The place in the text to show: the open problem's, else the open task's. */
function useFocus(problem: Problem | null, task: string | null): TextFocus | null {
  const { tasks } = useDraft();
  return useMemo(() => {
    if (problem !== null) return { start: problem.start, end: problem.end, isProblem: true };
    const open = tasks.find((one) => one.code === task);
    return open?.start == null
      ? null
      : { start: open.start, end: open.start + 1, isProblem: false };
  }, [problem, task, tasks]);
}

function useScrollTo(id: string | null): void {
  useEffect(() => {
    if (id === null) return;
    const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
    document.getElementById(id)?.scrollIntoView({ block: "nearest", behavior });
  }, [id]);
}

interface PanelSwitchProps {
  readonly panel: ReviewPanel;
  readonly problemCount: number;
  readonly onChange: (panel: ReviewPanel) => void;
}

/** Chooses the panel; says how many problems wait. */
function PanelSwitch({ panel, problemCount, onChange }: PanelSwitchProps) {
  const t = useMessages("draft");
  const { tasks } = useDraft();
  return (
    <div className="mb-3">
      <SegmentedControl
        label={t("panel.label")}
        value={panel}
        onChange={onChange}
        options={[
          ...(useIsWide() ? [] : [{ value: "text", label: t("panel.text") } as const]),
          { value: "todo", label: t("panel.todo", { count: problemCount }) },
          { value: "items", label: t("panel.items", { count: tasks.length }) },
          { value: "head", label: t("panel.head") },
        ]}
      />
    </div>
  );
}
