/** A warning of the reader, as the API gives it. */
export interface WarningFacts {
  readonly id: string;
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
  readonly isDismissed: boolean;
  readonly task: { readonly code: string } | null;
}

/** What the problems need to know of a task. */
export interface TaskFacts {
  readonly code: string;
  readonly unresolvedDepartments: readonly { readonly name: string }[];
}

/** One entry of the to-do list: a warning, or all warnings about one unknown name. */
export interface Problem {
  /** Stable while the warnings behind it stay. */
  readonly key: string;
  readonly code: string;
  readonly message: string;
  readonly excerpt: string;
  readonly start: number;
  readonly end: number;
  readonly taskCode: string | null;
  /** The name as it stands in the text; set for `UNKNOWN_DEPARTMENT` only. */
  readonly name: string | null;
  readonly warningIds: readonly string[];
  /** Codes of all tasks that it touches, in the order of the text. */
  readonly taskCodes: readonly string[];
}

/** Open warnings in the order of the text; warnings about the same unknown name become one. */
export function openProblems(
  warnings: readonly WarningFacts[],
  tasks: readonly TaskFacts[],
): Problem[] {
  const byCode = new Map(tasks.map((task) => [task.code, task]));
  const problems = new Map<string, Problem>();
  const open = warnings.filter((warning) => !warning.isDismissed);
  for (const warning of open.toSorted((a, b) => a.start - b.start)) {
    const name = unknownName(warning, byCode, tasks);
    const key = name === null ? warning.id : `name:${name}`;
    const known = problems.get(key);
    problems.set(key, known === undefined ? fresh(key, warning, name) : joined(known, warning));
  }
  return [...problems.values()].map((problem) => withTasks(problem, tasks));
}

function fresh(key: string, warning: WarningFacts, name: string | null): Problem {
  const taskCode = warning.task?.code ?? null;
  return {
    key,
    code: warning.code,
    message: warning.message,
    excerpt: warning.excerpt,
    start: warning.start,
    end: warning.end,
    taskCode,
    name,
    warningIds: [warning.id],
    taskCodes: taskCode === null ? [] : [taskCode],
  };
}

function joined(problem: Problem, warning: WarningFacts): Problem {
  const code = warning.task?.code;
  const isNew = code !== undefined && !problem.taskCodes.includes(code);
  return {
    ...problem,
    warningIds: [...problem.warningIds, warning.id],
    taskCodes: isNew ? [...problem.taskCodes, code] : problem.taskCodes,
  };
}

function withTasks(problem: Problem, tasks: readonly TaskFacts[]): Problem {
  if (problem.name === null) return problem;
  const named = tasks.filter(
    (task) =>
      problem.taskCodes.includes(task.code) ||
      task.unresolvedDepartments.some((one) => one.name === problem.name),
  );
  return { ...problem, taskCodes: named.map((task) => task.code) };
}

/** The unresolved name that an `UNKNOWN_DEPARTMENT` warning is about; the longest that fits. */
function unknownName(
  warning: WarningFacts,
  byCode: ReadonlyMap<string, TaskFacts>,
  tasks: readonly TaskFacts[],
): string | null {
  if (warning.code !== "UNKNOWN_DEPARTMENT") return null;
  const own = warning.task === null ? undefined : byCode.get(warning.task.code);
  const candidates = (own === undefined ? tasks : [own])
    .flatMap((task) => task.unresolvedDepartments.map((one) => one.name))
    .toSorted((a, b) => b.length - a.length);
  const excerpt = warning.excerpt.trim();
  return (
    candidates.find((name) => name === excerpt) ??
    candidates.find((name) => excerpt.includes(name) || warning.message.includes(name)) ??
    excerpt
  );
}

/**
 * The problem after or before the current one, round the end. Without a current one the first
 * (or last).
 */
export function step(
  problems: readonly Problem[],
  current: string | null,
  by: 1 | -1,
): Problem | undefined {
  if (problems.length === 0) return undefined;
  const at = problems.findIndex((problem) => problem.key === current);
  if (at < 0) return problems.at(by === 1 ? 0 : -1);
  return problems.at((at + by + problems.length) % problems.length);
}

/** What to open once `done` is mended: the next one in the text, else the first left. */
export function following(problems: readonly Problem[], done: Problem): Problem | undefined {
  const left = problems.filter((problem) => problem.key !== done.key);
  return left.find((problem) => problem.start >= done.start) ?? left[0];
}
