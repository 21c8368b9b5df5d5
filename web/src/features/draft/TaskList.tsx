import { useMemo } from "react";
import { useDraft } from "./draft-context";
import type { DraftTaskData } from "./fragments";
import type { Problem } from "./problems";
import { TaskCard } from "./TaskCard";

interface TaskListProps {
  readonly problems: readonly Problem[];
  readonly openTask: string | null;
  readonly onToggle: (code: string) => void;
}

interface Group {
  readonly key: string;
  readonly title: string;
  readonly tasks: DraftTaskData[];
}

/** Everything that was found, by chapter in the order of the document. */
export function TaskList({ problems, openTask, onToggle }: TaskListProps) {
  const { tasks, plan } = useDraft();
  const groups = useMemo(() => groupTasks(tasks, plan.parts), [tasks, plan.parts]);
  const counts = useMemo(() => countByTask(problems), [problems]);
  return (
    <div className="grid gap-5">
      {groups.map((group) => (
        <section key={group.key} aria-label={group.title} className="grid gap-2">
          <h3 className="text-sm font-semibold text-muted">{group.title}</h3>
          {group.tasks.map((task) => (
            <TaskCard
              key={task.id}
              task={task}
              isOpen={task.code === openTask}
              problemCount={counts.get(task.code) ?? 0}
              onToggle={onToggle}
            />
          ))}
        </section>
      ))}
    </div>
  );
}

function groupTasks(
  tasks: readonly DraftTaskData[],
  parts: readonly { readonly title: string; readonly kind: string }[],
): Group[] {
  const keyPart = parts.find((part) => part.kind === "KEY_TASKS")?.title;
  const first = parts[0]?.title ?? "";
  const groups = new Map<string, Group>();
  for (const task of tasks.toSorted((a, b) => a.position - b.position)) {
    const { section } = task;
    const key = section?.id ?? task.kind;
    const ownPart = task.kind === "KEY_TASK" ? (keyPart ?? first) : first;
    const title = section === null ? ownPart : `${section.ordinal}、${section.title}`;
    const known = groups.get(key);
    if (known === undefined) groups.set(key, { key, title, tasks: [task] });
    else known.tasks.push(task);
  }
  return [...groups.values()];
}

function countByTask(problems: readonly Problem[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const code of problems.flatMap((problem) => problem.taskCodes)) {
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return counts;
}
