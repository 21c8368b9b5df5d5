import type { Language } from "./snippets";

/** What a piece of code is; `plain` is everything else. */
export type PieceKind = "comment" | "string" | "keyword" | "number" | "plain";

/** A piece of code in one colour. */
export interface Piece {
  readonly kind: PieceKind;
  readonly text: string;
}

const QUOTED = String.raw`"(?:[^"\\\n]|\\.)*"`;
const NUMBER = String.raw`(?<number>\b\d+(?:\.\d+)?\b)`;

const PYTHON_WORDS =
  "as|def|else|except|False|for|from|if|import|in|None|print|raise|return|True|try|while|with";
const TYPESCRIPT_WORDS =
  "as|async|await|const|export|for|function|if|import|let|new|of|return|throw|type|while";

/** The pieces of each language that have a colour; the first that fits wins. */
const PIECES: Readonly<Record<Language, RegExp>> = {
  curl: new RegExp(
    String.raw`(?<comment>#.*)|(?<string>'[^']*'|${QUOTED})|(?<keyword>\bcurl\b|\s--?[a-zA-Z][\w-]*)`,
    "gu",
  ),
  python: new RegExp(
    String.raw`(?<comment>#.*)|(?<string>f?"""[\s\S]*?"""|f?${QUOTED})|(?<keyword>\b(?:${PYTHON_WORDS})\b)|${NUMBER}`,
    "gu",
  ),
  typescript: new RegExp(
    String.raw`(?<string>\x60[^\x60]*\x60|${QUOTED})|(?<comment>//.*)|(?<keyword>\b(?:${TYPESCRIPT_WORDS})\b)|${NUMBER}`,
    "gu",
  ),
};

/** Parts code into pieces of one colour; together they are the code. */
export function piecesOf(code: string, language: Language): readonly Piece[] {
  const found: Piece[] = [];
  let end = 0;
  const plain = (until: number): void => {
    if (until > end) found.push({ kind: "plain", text: code.slice(end, until) });
  };
  for (const match of code.matchAll(PIECES[language])) {
    plain(match.index);
    found.push({ kind: kindOf(match), text: match[0] });
    end = match.index + match[0].length;
  }
  plain(code.length);
  return found;
}

function kindOf(match: RegExpMatchArray): PieceKind {
  const kinds = Object.entries(match.groups ?? {});
  return (kinds.find(([, text]) => text !== undefined)?.[0] ?? "plain") as PieceKind;
}
