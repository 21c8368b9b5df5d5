/** One sentence of the source, as the API gives it; offsets count characters of the file. */
export interface ClauseFacts {
  readonly id: string;
  readonly kind: string;
  readonly block: number;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A half-open range of characters of the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Sentences of one paragraph, in order. */
export interface Block<Clause extends ClauseFacts = ClauseFacts> {
  readonly number: number;
  readonly kind: string;
  readonly clauses: readonly Clause[];
}

/** Gathers the sentences by paragraph; the paragraph is of the kind of its first sentence. */
export function blocks<Clause extends ClauseFacts>(clauses: readonly Clause[]): Block<Clause>[] {
  const gathered: { number: number; kind: string; clauses: Clause[] }[] = [];
  for (const clause of clauses.toSorted((a, b) => a.start - b.start)) {
    const last = gathered.at(-1);
    if (last?.number === clause.block) last.clauses.push(clause);
    else gathered.push({ number: clause.block, kind: clause.kind, clauses: [clause] });
  }
  return gathered;
}

/** Whether two ranges share a character; an empty range counts as its one position. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < Math.max(b.end, b.start + 1) && b.start < Math.max(a.end, a.start + 1);
}

/** The first item whose range holds the position. */
export function at<Item extends Span>(items: readonly Item[], position: number): Item | undefined {
  return items.find((item) => item.start <= position && position < item.end);
}

/** A piece of a sentence; `mark` is set where a figure or problem stands. */
export interface Piece<Mark> {
  readonly text: string;
  readonly mark: Mark | null;
}

/** Something to show inside a sentence: by its words, or the whole sentence. */
export interface Phrase<Mark> extends Span {
  readonly words: string;
  readonly mark: Mark;
}

/**
 * Cuts the cleaned sentence where phrases stand. The sentence lost layout spaces of the file, so
 * that offsets do not carry over: phrases are found by their words, spaces aside; the offset only
 * tells which of two equal phrases is meant. A phrase that is not found marks nothing.
 */
export function pieces<Mark>(clause: ClauseFacts, phrases: readonly Phrase<Mark>[]): Piece<Mark>[] {
  const ranges: { start: number; end: number; mark: Mark }[] = [];
  for (const phrase of phrases.toSorted((a, b) => a.start - b.start)) {
    const from = ranges.at(-1)?.end ?? 0;
    const range = locate(clause.text, phrase.words, from);
    if (range !== undefined) ranges.push({ ...range, mark: phrase.mark });
  }
  return cut(clause.text, ranges);
}

function cut<Mark>(
  text: string,
  ranges: readonly { start: number; end: number; mark: Mark }[],
): Piece<Mark>[] {
  const out: Piece<Mark>[] = [];
  let position = 0;
  for (const range of ranges) {
    if (range.start > position) out.push({ text: text.slice(position, range.start), mark: null });
    out.push({ text: text.slice(range.start, range.end), mark: range.mark });
    position = range.end;
  }
  if (position < text.length) out.push({ text: text.slice(position), mark: null });
  return out;
}

/** Where the words stand in the text from `from` on, spaces and Markdown marks aside. */
export function locate(text: string, words: string, from = 0): Span | undefined {
  const wanted = squeeze(words);
  if (wanted === "") return undefined;
  const kept: number[] = [];
  let squeezed = "";
  for (let index = from; index < text.length; index += 1) {
    const sign = text.charAt(index);
    if (squeeze(sign) === "") continue;
    kept.push(index);
    squeezed += sign;
  }
  const found = squeezed.indexOf(wanted);
  const start = kept[found];
  const last = kept[found + wanted.length - 1];
  return found < 0 || start === undefined || last === undefined
    ? undefined
    : { start, end: last + 1 };
}

function squeeze(text: string): string {
  return text.replace(/[\s*#_`|]/gu, "");
}
