import { clauseAnchor, type Block, type ClauseFacts } from "./document";

/** What the marks need of a metric. */
export interface MetricFacts {
  readonly id: string;
  readonly code: string;
  readonly task: { readonly id: string; readonly code: string } | null;
}

/** A note beside a paragraph: a task at its first sentence, or a metric at the sentence that states it. */
export type Mark<Task, Metric> = {
  readonly key: string;
  /** Anchor of the sentence that the note stands beside. */
  readonly anchor: string;
  /** Keys of everything that lights up with the note. */
  readonly joins: readonly string[];
} & (
  | { readonly kind: "task"; readonly task: Task; readonly number: number }
  | { readonly kind: "metric"; readonly metric: Metric }
);

type MarkedClause<Metric> = ClauseFacts & {
  readonly metrics: { readonly edges: readonly { readonly node: Metric }[] };
};

/** Notes by the key of their paragraph, in the order of the text; tasks are numbered through. */
export function blockMarks<Task extends { readonly id: string }, Metric extends MetricFacts>(
  blocks: readonly Block<MarkedClause<Metric>>[],
  tasks: readonly Task[],
  opening: ReadonlyMap<string, string>,
): Map<number, Mark<Task, Metric>[]> {
  const known = new Map(tasks.map((task) => [task.id, task]));
  const sentences = sentencesOfTasks(blocks);
  const marks = new Map<number, Mark<Task, Metric>[]>();
  let number = 0;
  for (const block of blocks) {
    const here: Mark<Task, Metric>[] = [];
    for (const { clause } of block.pieces) {
      const anchor = clauseAnchor(clause.position);
      const task = clause.task === null ? undefined : known.get(clause.task.id);
      if (task !== undefined && opening.get(task.id) === clause.id) {
        number += 1;
        const joins = sentences.get(task.id) ?? [anchor];
        here.push({ kind: "task", key: task.id, anchor, joins, task, number });
      }
      for (const { node } of clause.metrics.edges) {
        here.push({ kind: "metric", key: node.id, anchor, joins: [anchor, node.id], metric: node });
      }
    }
    if (here.length > 0) marks.set(block.key, here);
  }
  return marks;
}

function sentencesOfTasks(blocks: readonly Block[]): Map<string, string[]> {
  const sentences = new Map<string, string[]>();
  for (const block of blocks) {
    for (const { clause } of block.pieces) {
      if (clause.task === null || clause.kind === "RESPONSIBILITY") continue;
      const anchors = sentences.get(clause.task.id) ?? [];
      anchors.push(clauseAnchor(clause.position));
      sentences.set(clause.task.id, anchors);
    }
  }
  return sentences;
}

/** The notes with what is known of their metrics by id; the same ones while nothing is. */
export function withFigures<Task, Metric extends { readonly id: string }, Figures>(
  marks: ReadonlyMap<number, readonly Mark<Task, Metric>[]>,
  figures: ReadonlyMap<string, Figures>,
): ReadonlyMap<number, readonly Mark<Task, Metric & { readonly figures?: Figures | null }>[]> {
  if (figures.size === 0) return marks;
  return new Map(
    [...marks].map(([key, all]) => [
      key,
      all.map((mark) =>
        mark.kind === "task"
          ? mark
          : { ...mark, metric: { ...mark.metric, figures: figures.get(mark.metric.id) ?? null } },
      ),
    ]),
  );
}

/** The notes on tasks that are late or at risk, under the keys of their paragraphs. */
export function pressingMarks<Task extends { readonly light: { readonly colour: string } }, Metric>(
  marks: ReadonlyMap<number, readonly Mark<Task, Metric>[]>,
): Map<number, readonly Mark<Task, Metric>[]> {
  const pressing = new Map<number, readonly Mark<Task, Metric>[]>();
  for (const [key, all] of marks) {
    const kept = all.filter(
      (mark) =>
        mark.kind === "task" &&
        (mark.task.light.colour === "RED" || mark.task.light.colour === "YELLOW"),
    );
    if (kept.length > 0) pressing.set(key, kept);
  }
  return pressing;
}
