import type { TransitionName } from "../life/fragments";

/** The columns of the board: the nodes of the closed loop. */
export const COLUMNS = ["handOut", "accept", "work", "review", "complete", "archive"] as const;
export type ColumnName = (typeof COLUMNS)[number];

const OF_STATE: Readonly<Record<string, ColumnName>> = {
  DRAFT: "handOut",
  ASSIGNED: "accept",
  DECLINED: "accept",
  IN_PROGRESS: "work",
  RETURNED: "work",
  REOPENED: "work",
  STAGE_COMPLETED: "work",
  SUSPENDED: "work",
  COMPLETION_SUBMITTED: "review",
  COMPLETED: "complete",
  ARCHIVED: "archive",
  CANCELLED: "archive",
};

/** The column in which a task of this state stands. */
export function columnOf(state: string): ColumnName {
  return OF_STATE[state] ?? "handOut";
}

/** Acts that bring a card into a column, the likeliest first. */
const INTO: Readonly<Record<ColumnName, readonly TransitionName[]>> = {
  handOut: [],
  accept: ["HAND_OUT", "REASSIGN"],
  work: ["ACCEPT", "RETURN", "RESUME", "BEGIN_STAGE", "REOPEN", "COMPLETE_STAGE"],
  review: ["SUBMIT_COMPLETION"],
  complete: ["COMPLETE"],
  archive: ["ARCHIVE", "CANCEL"],
};

interface Verdict {
  readonly name: string;
  readonly refusal: string | null;
}

/** What dropping a card on a column comes to: an act to do, or why it cannot be. */
export type Drop =
  | { readonly kind: "act"; readonly name: TransitionName }
  | { readonly kind: "refused"; readonly reason: string | null };

/** Decides a drop by the verdicts of the server: the first allowed act that leads there. */
export function dropOn(
  column: ColumnName,
  allowed: readonly Verdict[],
  refused: readonly Verdict[],
): Drop {
  const into = INTO[column];
  const name = into.find((one) => allowed.some((verdict) => verdict.name === one));
  if (name !== undefined) return { kind: "act", name };
  const reasons = into.map((one) => refused.find((verdict) => verdict.name === one)?.refusal);
  return { kind: "refused", reason: reasons.find((one) => one != null && one !== "") ?? null };
}

/** Red, then yellow: what presses stands on top. */
const PRESSING: readonly string[] = ["RED", "YELLOW"];

/** What presses first, else in the order given. */
export function pressingFirst<Item extends { readonly light: { readonly colour: string } }>(
  items: readonly Item[],
): readonly Item[] {
  const rank = ({ light }: Item): number => {
    const at = PRESSING.indexOf(light.colour);
    return at < 0 ? PRESSING.length : at;
  };
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** How wide a column is beside the others: full ones stand in several rows of cards. */
export function weightOf(count: number): 0 | 1 | 2 | 4 {
  if (count === 0) return 0;
  if (count <= 6) return 1;
  return count <= 16 ? 2 : 4;
}

/** The tasks of each column, in their order. */
export function columnsOf<Item extends { readonly state: string }>(
  items: readonly Item[],
): ReadonlyMap<ColumnName, readonly Item[]> {
  const columns = new Map<ColumnName, Item[]>(COLUMNS.map((name) => [name, []]));
  for (const item of items) columns.get(columnOf(item.state))?.push(item);
  return columns;
}
