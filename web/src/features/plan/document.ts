/** One sentence as the reader cut it out of the source. */
export interface ClauseFacts {
  readonly id: string;
  readonly kind: "FURNITURE" | "TITLE" | "HEADING" | "SENTENCE" | "RESPONSIBILITY" | "CELL";
  readonly block: number;
  readonly position: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly partIndex: number | null;
  readonly section: { readonly id: string; readonly level: number } | null;
  readonly task: { readonly id: string } | null;
}

/** What a paragraph is in an official document; it decides how it is set. */
export type BlockRole =
  | "mark"
  | "number"
  | "recipients"
  | "title"
  | "heading"
  | "paragraph"
  | "row"
  | "furniture"
  | "signature"
  | "imprint";

/** A sentence with the numbering that stands before it in the source. */
export interface Piece<Clause extends ClauseFacts = ClauseFacts> {
  readonly clause: Clause;
  /** As issued, with its mark (“9.”, “（三）”); empty where the text already has it. */
  readonly numbering: string;
}

/** One paragraph of the document. */
export interface Block<Clause extends ClauseFacts = ClauseFacts> {
  readonly key: number;
  readonly role: BlockRole;
  /** Level of an HTML heading under the page's own, 2 to 6; null for running text. */
  readonly headingLevel: 2 | 3 | 4 | 5 | 6 | null;
  readonly pieces: readonly Piece<Clause>[];
}

/** Id in the page of a sentence, stable for the life of a plan. */
export function clauseAnchor(position: number): string {
  return `c${String(position)}`;
}

/** Id in the page of a paragraph. */
export function blockAnchor(key: number): string {
  return `b${String(key)}`;
}

const NUMBERING = /^[（(]?[\d〇一二三四五六七八九十百]+[）)]?\s*[.．、]?$/u;
const LAYOUT_MARKS = /^[\s#*>_\\-]+|[\s*_]+$/gu;

/** The numbering between two sentences of the source, without marks of the file format. */
export function numberingIn(gap: string): string {
  const line = gap.slice(gap.lastIndexOf("\n") + 1).replace(LAYOUT_MARKS, "");
  return NUMBERING.test(line) ? line : "";
}

/**
 * The document paragraph by paragraph. `source` is the text that the spans count in; spans are in
 * Unicode characters, so it is cut into characters and not into UTF-16 units.
 */
export function documentBlocks<Clause extends ClauseFacts>(
  clauses: readonly Clause[],
  source: string,
  documentNumber: string | null,
): Block<Clause>[] {
  const characters = Array.from(source);
  const ordered = [...clauses].sort((a, b) => a.position - b.position);
  const groups: Clause[][] = [];
  for (const clause of ordered) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && last[0].block === clause.block) last.push(clause);
    else groups.push([clause]);
  }
  const places = placesOf(groups);
  let end = 0;
  return groups.map((group, index) => {
    const pieces = group.map((clause) => {
      const gap = characters.slice(Math.min(end, clause.start), clause.start).join("");
      end = clause.end;
      return { clause, numbering: numberingIn(gap) };
    });
    const role = roleOf(group, index, places, documentNumber);
    return {
      key: group[0]?.block ?? index,
      role,
      headingLevel: headingLevel(role, group[0]),
      pieces,
    };
  });
}

interface Places {
  readonly firstTitle: number;
  readonly firstTask: number;
  readonly lastTask: number;
}

function placesOf(groups: readonly (readonly ClauseFacts[])[]): Places {
  const has = (test: (clause: ClauseFacts) => boolean) => (group: readonly ClauseFacts[]) =>
    group.some(test);
  const isTitle = has((clause) => clause.kind === "TITLE");
  const isTask = has((clause) => clause.task !== null);
  const firstTask = groups.findIndex(isTask);
  return {
    firstTitle: groups.findIndex(isTitle),
    firstTask: firstTask === -1 ? groups.length : firstTask,
    lastTask: groups.findLastIndex(isTask),
  };
}

function roleOf(
  group: readonly ClauseFacts[],
  index: number,
  places: Places,
  documentNumber: string | null,
): BlockRole {
  const kind = group[0]?.kind;
  const text = group.map((clause) => clause.text).join("");
  if (kind === "TITLE") return "title";
  if (kind === "HEADING") return "heading";
  if (kind === "CELL") return "row";
  const isBeforeTasks = index < places.firstTask;
  if (isBeforeTasks && index > places.firstTitle && /[：:]$/u.test(text)) return "recipients";
  if (kind !== "FURNITURE" || /[。；]$/u.test(text)) return "paragraph";
  if (isBeforeTasks) {
    if (documentNumber !== null && bare(text) === bare(documentNumber)) return "number";
    if (index < places.firstTitle && text.endsWith("文件")) return "mark";
    return "furniture";
  }
  if (index < places.lastTask) return "furniture";
  return /印发$/u.test(text) ? "imprint" : "signature";
}

function bare(text: string): string {
  return text.replace(/\s/gu, "");
}

function headingLevel(role: BlockRole, clause: ClauseFacts | undefined): Block["headingLevel"] {
  if (role === "title") return 2;
  if (role !== "heading") return null;
  const level = clause?.section?.level ?? 1;
  return level <= 1 ? 3 : level === 2 ? 4 : level === 3 ? 5 : 6;
}

/** A chapter or part of the outline. */
export interface OutlineEntry {
  readonly anchor: string;
  readonly title: string;
  /** 0 for a part of the document, from 1 for its sections. */
  readonly level: number;
  readonly taskCount: number;
  /** Ids of those tasks. */
  readonly tasks: readonly string[];
}

/** The outline of the document with the tasks that stand under each entry, sub-sections included. */
export function documentOutline(blocks: readonly Block[]): OutlineEntry[] {
  const entries: { anchor: string; title: string; level: number; tasks: Set<string> }[] = [];
  const open: typeof entries = [];
  const parts = partTitles(blocks);
  for (const block of blocks) {
    const level = parts.has(block.key) ? 0 : chapterLevel(block);
    if (level !== null) {
      while ((open.at(-1)?.level ?? -1) >= level) open.pop();
      const title = block.pieces.map((piece) => `${piece.numbering}${piece.clause.text}`).join("");
      const entry = { anchor: blockAnchor(block.key), title, level, tasks: new Set<string>() };
      entries.push(entry);
      open.push(entry);
    }
    for (const { clause } of block.pieces) {
      if (clause.task !== null) for (const entry of open) entry.tasks.add(clause.task.id);
    }
  }
  return entries.map(({ tasks, ...entry }) => ({
    ...entry,
    taskCount: tasks.size,
    tasks: [...tasks],
  }));
}

/** Level of the chapter that a block opens; null where it opens none. */
function chapterLevel({ role, pieces }: Block): number | null {
  return role === "heading" ? (pieces[0]?.clause.section?.level ?? 1) : null;
}

/** Keys of the titles that open a list of points; none where the paper has only one list. */
function partTitles(blocks: readonly Block[]): ReadonlySet<number> {
  const titles = new Map<number, number>();
  let title: Block | null = null;
  for (const block of blocks) {
    const part = block.pieces[0]?.clause.partIndex ?? null;
    if (block.role === "title") title = block;
    if (title === null || part === null) continue;
    if (!titles.has(part)) titles.set(part, title.key);
    title = null;
  }
  return new Set(titles.size > 1 ? titles.values() : []);
}

/** The sentence that opens each task; its mark stands beside it. */
export function openingClauses(blocks: readonly Block[]): Map<string, string> {
  const opening = new Map<string, string>();
  for (const block of blocks) {
    for (const { clause } of block.pieces) {
      const isText = clause.kind === "SENTENCE" || clause.kind === "CELL";
      if (clause.task !== null && isText && !opening.has(clause.task.id)) {
        opening.set(clause.task.id, clause.id);
      }
    }
  }
  return opening;
}

/** A stretch of a sentence; `metric` is the metric that its words state. */
export interface Segment {
  readonly text: string;
  readonly metric: string | null;
}

/** Cuts a sentence where it states metrics; a phrase that is not found word by word is left out. */
export function sentenceSegments(
  text: string,
  metrics: readonly { readonly id: string; readonly phrase: string }[],
): Segment[] {
  const found: { id: string; from: number; to: number }[] = [];
  for (const { id, phrase } of metrics) {
    let from = phrase === "" ? -1 : text.indexOf(phrase);
    while (from !== -1 && found.some((one) => from < one.to && from + phrase.length > one.from)) {
      from = text.indexOf(phrase, from + 1);
    }
    if (from !== -1) found.push({ id, from, to: from + phrase.length });
  }
  found.sort((a, b) => a.from - b.from);
  const segments: Segment[] = [];
  let done = 0;
  for (const { id, from, to } of found) {
    if (from > done) segments.push({ text: text.slice(done, from), metric: null });
    segments.push({ text: text.slice(from, to), metric: id });
    done = to;
  }
  if (done < text.length) segments.push({ text: text.slice(done), metric: null });
  return segments;
}
