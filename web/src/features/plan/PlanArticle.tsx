import { type CSSProperties, createElement, memo, type ReactNode, useRef } from "react";
import { useMessages } from "../../i18n/messages";
import { Phrases } from "../../ui/Phrases";
import { blockAnchor, clauseAnchor, sentenceSegments, type Block, type Piece } from "./document";
import { SEARCHED } from "./find";
import type { Mark } from "./marks";
import { PlanNotes, type TaskOpening } from "./PlanNotes";
import type { PlanClause, PlanMetric, PlanTask } from "./queries";
import { useJoins } from "./use-joins";
import { useNoteSpaces } from "./use-note-spaces";
import "./plan.css";

type PlanMark = Mark<PlanTask, PlanMetric>;

interface PlanArticleProps {
  readonly blocks: readonly Block<PlanClause>[];
  readonly marks: ReadonlyMap<number, readonly PlanMark[]>;
  /** False shows the text alone. */
  readonly hasMarks: boolean;
  readonly opening: TaskOpening;
}

/** The official text, exactly as issued, with notes on what became of its sentences. */
export function PlanArticle({ blocks, marks, hasMarks, opening }: PlanArticleProps) {
  const root = useRef<HTMLElement>(null);
  useJoins(root);
  useNoteSpaces(root, hasMarks ? marks : null);
  return (
    <article
      ref={root}
      lang="zh-CN"
      className={hasMarks ? "plan-text plan-marked" : "plan-text"}
      data-plan-text=""
    >
      {blocks.map((block) => (
        <PlanBlock
          key={block.key}
          block={block}
          marks={hasMarks ? (marks.get(block.key) ?? NO_MARKS) : NO_MARKS}
          hasMarks={hasMarks}
          opening={opening}
        />
      ))}
    </article>
  );
}

const NO_MARKS: readonly PlanMark[] = [];

interface PlanBlockProps {
  readonly block: Block<PlanClause>;
  readonly marks: readonly PlanMark[];
  readonly hasMarks: boolean;
  readonly opening: TaskOpening;
}

const PlanBlock = memo(function PlanBlock({ block, marks, hasMarks, opening }: PlanBlockProps) {
  const element = block.headingLevel === null ? "p" : `h${String(block.headingLevel)}`;
  const level = block.pieces[0]?.clause.section?.level ?? 0;
  const attributes = {
    id: blockAnchor(block.key),
    className: `plan-block plan-${block.role}${isTitle(block) ? " phrases" : ""}`,
    style: block.role === "mark" ? charactersOf(block) : undefined,
    "data-level": block.role === "heading" ? level : undefined,
    [SEARCHED]: "",
  };
  const pieces: ReactNode = block.pieces.map((piece) => (
    <Sentence
      key={piece.clause.id}
      piece={piece}
      marks={marks}
      hasMarks={hasMarks}
      isTitle={isTitle(block)}
    />
  ));
  return (
    <div className="plan-line">
      {createElement(element, attributes, pieces)}
      {marks.length > 0 && <PlanNotes marks={marks} opening={opening} />}
    </div>
  );
});

/** Whether the block is a title, which ends its lines between words. */
function isTitle({ role }: Block<PlanClause>): boolean {
  return role === "title" || role === "heading";
}

/** How many characters the heading of the paper has, so that it can be set on one line. */
function charactersOf(block: Block<PlanClause>): CSSProperties {
  const count = block.pieces.reduce((sum, { clause }) => sum + [...clause.text].length, 0);
  return { "--characters": String(Math.max(count, 1)) } as CSSProperties;
}

interface SentenceProps {
  readonly piece: Piece<PlanClause>;
  readonly marks: readonly PlanMark[];
  readonly hasMarks: boolean;
  readonly isTitle: boolean;
}

/** One sentence; dotted where no task came of it, tinted words where it states a metric. */
function Sentence({ piece, marks, hasMarks, isTitle }: SentenceProps) {
  const t = useMessages("plan");
  const { clause, numbering } = piece;
  const anchor = clauseAnchor(clause.position);
  const isLoose =
    hasMarks && clause.kind === "SENTENCE" && clause.partIndex !== null && clause.task === null;
  const footnote = marks.find((mark) => mark.kind === "task" && mark.anchor === anchor);
  const metrics = hasMarks ? clause.metrics.edges.map((edge) => edge.node) : [];
  return (
    <span
      id={anchor}
      data-key={anchor}
      className={`plan-sentence plan-kind-${clause.kind.toLowerCase()}${isLoose ? " plan-loose" : ""}`}
      title={isLoose ? t("loose") : undefined}
    >
      {numbering !== "" && <span className="plan-numbering">{numbering}</span>}
      {sentenceSegments(clause.text, metrics).map((segment, index) =>
        segment.metric === null ? (
          isTitle ? (
            <Phrases key={`text-${String(index)}`} text={segment.text} />
          ) : (
            segment.text
          )
        ) : (
          <span
            key={`${segment.metric}-${String(index)}`}
            data-key={segment.metric}
            className="plan-figure"
          >
            {segment.text}
          </span>
        ),
      )}
      {footnote?.kind === "task" && (
        <sup data-not-searched="" aria-hidden="true" className="plan-footnote-mark">
          {`[${String(footnote.number)}]`}
        </sup>
      )}
    </span>
  );
}
