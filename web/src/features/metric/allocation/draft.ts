import { readNumber } from "../../../ui/typed-number";

/** How a target is shared out, in the order in which the ways are offered. */
export const METHODS = ["EVENLY", "BY_WEIGHT", "BY_LAST_YEAR", "BY_HAND"] as const;
export type Method = (typeof METHODS)[number];

/** Figures typed for the units, by their code. */
export type Typed = Readonly<Record<string, string>>;

/** What was typed and is not stored yet. */
export interface Draft {
  readonly method: Method;
  /** What was typed under each way; changing the way loses nothing. */
  readonly typed: Readonly<Partial<Record<Method, Typed>>>;
  /** Codes of the units that carry nothing. */
  readonly left: readonly string[];
  readonly reason: string;
  /** The version that was read before typing; null where nothing was shared out. */
  readonly basedOn: number | null;
}

/** A share as it stands or is previewed. */
export interface SharedFigure {
  readonly department: { readonly code: string };
  readonly figure: string;
}

/** What is stored, as a draft begins from it. */
export interface Stored {
  readonly version: number;
  readonly method: Method;
  readonly reason: string | null;
  readonly shares: readonly SharedFigure[];
}

/** The draft that a stored allocation is; evenly among all where there is none. */
export function draftOf(stored: Stored | null, units: readonly string[]): Draft {
  if (stored === null) {
    return { method: "EVENLY", typed: {}, left: [], reason: "", basedOn: null };
  }
  const figures = figuresOf(stored.shares);
  return {
    // Weights are not stored, only what came of them: that can be gone on with by hand.
    method: stored.method === "EVENLY" ? "EVENLY" : "BY_HAND",
    typed: { BY_HAND: figures },
    left: units.filter((code) => figures[code] === undefined),
    reason: stored.reason ?? "",
    basedOn: stored.version,
  };
}

export function figuresOf(shares: readonly SharedFigure[]): Typed {
  return Object.fromEntries(shares.map((one) => [one.department.code, one.figure]));
}

/** What is known to begin a way from. */
export interface Known {
  /** The shares that are shown. */
  readonly shown: readonly SharedFigure[];
  /** Verified results of the year before. */
  readonly lastYear: Typed;
}

/**
 * Another way; where nothing was typed, by hand begins from the shares that are shown, and by last
 * year from what was verified then.
 */
export function withMethod(draft: Draft, method: Method, { shown, lastYear }: Known): Draft {
  const known = { BY_HAND: figuresOf(shown), BY_LAST_YEAR: lastYear, EVENLY: {}, BY_WEIGHT: {} };
  const isFresh = Object.keys(draft.typed[method] ?? {}).length === 0;
  const typed = isFresh ? { ...draft.typed, [method]: known[method] } : draft.typed;
  return { ...draft, method, typed };
}

/** Figures typed or pasted under the present way. */
export function withTyped(draft: Draft, written: Typed): Draft {
  const { method } = draft;
  return {
    ...draft,
    typed: { ...draft.typed, [method]: { ...draft.typed[method], ...written } },
  };
}

/** Takes units out, or back in. */
export function withUnits(draft: Draft, codes: readonly string[], isIn: boolean): Draft {
  const rest = draft.left.filter((code) => !codes.includes(code));
  return { ...draft, left: isIn ? rest : [...rest, ...codes] };
}

export function typedOf(draft: Draft, code: string): string {
  return draft.typed[draft.method]?.[code] ?? "";
}

/** A share as it is sent. */
export interface SentShare {
  readonly department: string;
  readonly figure: string | null;
}

/** What is sent of the units that carry something, and those whose text is no figure. */
export function sentOf(
  draft: Draft,
  units: readonly string[],
): { readonly shares: SentShare[]; readonly unread: readonly string[] } {
  const carrying = units.filter((code) => !draft.left.includes(code));
  if (draft.method === "EVENLY") {
    return { shares: carrying.map((department) => ({ department, figure: null })), unread: [] };
  }
  const read = carrying.map((department) => {
    const text = typedOf(draft, department);
    return { department, text, figure: text.trim() === "" ? null : readNumber(text) };
  });
  return {
    shares: read.map(({ department, figure }) => ({ department, figure })),
    unread: read
      .filter(({ text, figure }) => figure === null && text.trim() !== "")
      .map(({ department }) => department),
  };
}

/** A column from a spreadsheet, laid over the units from one on; an empty line writes nothing. */
export function pastedColumn(text: string, from: string, units: readonly string[]): Typed | null {
  const lines = text.replace(/\r?\n$/u, "").split(/\r?\n/u);
  if (lines.length < 2) return null;
  const start = units.indexOf(from);
  const written = lines.flatMap((line, down) => {
    const code = units[start + down];
    const cell = line.split("\t")[0]?.trim() ?? "";
    return code === undefined || cell === "" ? [] : [[code, cell] as const];
  });
  return Object.fromEntries(written);
}
