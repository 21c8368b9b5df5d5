import { memo, useEffect, useMemo, useRef } from "react";
import { useMessages } from "../../i18n/messages";
import type { DraftClauseData, DraftTaskData } from "./fragments";
import type { Problem } from "./problems";
import { at, blocks, overlaps, pieces, type Block, type Phrase, type Span } from "./source-text";

/** What a marked piece of the text is. */
type Mark = { readonly kind: "metric"; readonly label: string } | { readonly kind: "problem" };

/** The place in the text to show; a problem is marked too. */
export interface TextFocus extends Span {
  readonly isProblem: boolean;
}

interface SourceTextProps {
  readonly clauses: readonly DraftClauseData[];
  readonly tasks: readonly DraftTaskData[];
  readonly problems: readonly Problem[];
  readonly selectedTask: string | null;
  /** The place to show: the text scrolls there when it changes. */
  readonly focus: TextFocus | null;
  readonly onSelect: (code: string) => void;
}

/** The issued text, paragraph by paragraph; each point opens its task, figures are marked. */
export function SourceText({
  clauses,
  tasks,
  problems,
  selectedTask,
  focus,
  onSelect,
}: SourceTextProps) {
  const t = useMessages("draft");
  const root = useRef<HTMLElement>(null);
  const paragraphs = useMemo(() => blocks(clauses), [clauses]);
  const ranges = useMemo(() => tasks.map(rangeOf), [tasks]);
  const phrases = useMemo(() => phrasesOf(tasks, problems), [tasks, problems]);
  const from = focus?.start;

  useEffect(() => {
    if (from === undefined) return;
    const marked = root.current?.querySelector("[data-focus]");
    marked?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  }, [from]);

  return (
    <article
      ref={root}
      lang="zh-CN"
      aria-label={t("source.label")}
      className="mx-auto max-w-[46rem] leading-8"
    >
      {paragraphs.map((block) => {
        const task = at(ranges, block.clauses[0]?.start ?? -1);
        const isFirst = task?.firstBlock(block) ?? false;
        return (
          <Paragraph
            key={block.number}
            block={block}
            task={task?.code ?? null}
            label={isFirst && task !== undefined ? t("source.open", { code: task.code }) : null}
            isSelected={task !== undefined && task.code === selectedTask}
            phrases={phrases}
            focus={focus}
            onSelect={onSelect}
          />
        );
      })}
    </article>
  );
}

interface TaskRange extends Span {
  readonly code: string;
  readonly firstBlock: (block: Block) => boolean;
}

function rangeOf(task: DraftTaskData): TaskRange {
  const start = task.start ?? -1;
  return {
    code: task.code,
    start,
    end: task.end ?? -1,
    firstBlock: (block) => block.clauses.some((one) => one.start <= start && start < one.end),
  };
}

function phrasesOf(tasks: readonly DraftTaskData[], problems: readonly Problem[]): Phrase<Mark>[] {
  const metrics = tasks.flatMap((task) =>
    task.metrics.edges.map(({ node }) => ({
      start: node.start ?? -1,
      end: node.end ?? -1,
      words: node.phrase,
      mark: { kind: "metric", label: node.code } as const,
    })),
  );
  const open = problems.map((problem) => ({
    start: problem.start,
    end: problem.end,
    words: problem.excerpt,
    mark: { kind: "problem" } as const,
  }));
  return [...metrics, ...open];
}

function scrollBehavior(): ScrollBehavior {
  return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
}

interface ParagraphProps {
  readonly block: Block<DraftClauseData>;
  readonly task: string | null;
  readonly label: string | null;
  readonly isSelected: boolean;
  readonly phrases: readonly Phrase<Mark>[];
  readonly focus: TextFocus | null;
  readonly onSelect: (code: string) => void;
}

const Paragraph = memo(function Paragraph({
  block,
  task,
  label,
  isSelected,
  phrases,
  focus,
  onSelect,
}: ParagraphProps) {
  const select =
    task === null
      ? undefined
      : () => {
          onSelect(task);
        }; // prettier-ignore
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the marker button inside does the same by keyboard
    <div className={blockClass(block.kind, isSelected)} onClick={select}>
      {label !== null && (
        <button type="button" onClick={select} aria-pressed={isSelected} className={MARKER}>
          <span className="sr-only">{label}</span>
          <span aria-hidden="true">{task?.slice(task.indexOf("-") + 1)}</span>
        </button>
      )}
      <p className="min-w-0 flex-1" {...headingRole(block.kind)}>
        {block.clauses.map((clause) => (
          <Sentence key={clause.id} clause={clause} phrases={phrases} focus={focus} />
        ))}
      </p>
    </div>
  );
});

function headingRole(kind: string): object {
  return kind === "HEADING" ? { role: "heading", "aria-level": 3 } : {};
}

const MARKER =
  "absolute -left-1 top-1 inline-flex min-h-6 min-w-11 items-center justify-center rounded text-xs tabular-nums text-muted hover:bg-sunken";

function blockClass(kind: string, isSelected: boolean): string {
  const common = "relative rounded-md py-1 pl-12 pr-3 [content-visibility:auto]";
  const tone = isSelected ? "bg-info-soft" : "";
  switch (kind) {
    case "TITLE":
      return `${common} text-center text-lg font-semibold`;
    case "HEADING":
      return `${common} mt-4 font-semibold`;
    case "FURNITURE":
      return `${common} text-sm text-muted`;
    default:
      return `${common} ${tone}`;
  }
}

interface SentenceProps {
  readonly clause: DraftClauseData;
  readonly phrases: readonly Phrase<Mark>[];
  readonly focus: TextFocus | null;
}

function Sentence({ clause, phrases, focus }: SentenceProps) {
  const inside = phrases.filter((phrase) => overlaps(phrase, clause));
  const isFocus = focus !== null && overlaps(focus, clause);
  return (
    <span
      data-focus={isFocus ? "" : undefined}
      className={isFocus && focus.isProblem ? "bg-warn-soft" : undefined}
    >
      {numbered(pieces(clause, inside)).map(([piece, key]) =>
        piece.mark === null ? (
          piece.text
        ) : (
          <mark
            key={key}
            title={piece.mark.kind === "metric" ? piece.mark.label : undefined}
            className={piece.mark.kind === "metric" ? METRIC_MARK : PROBLEM_MARK}
          >
            {piece.text}
          </mark>
        ),
      )}
    </span>
  );
}

/** Pieces with their place, which tells them apart: a sentence is cut anew as a whole. */
function numbered<Item>(items: readonly Item[]): (readonly [Item, string])[] {
  return items.map((item, index) => [item, String(index)]);
}

const METRIC_MARK = "bg-transparent text-inherit border-b-2 border-info";
const PROBLEM_MARK = "bg-warn-soft text-inherit border-b-2 border-dashed border-warn";
