import type { Cells } from "./cells";

/** What was typed on one task and is not on the server yet. */
export interface LocalDraft {
  readonly cells: Cells;
  /** The version that it was typed over; null where nothing was stored. */
  readonly version: number | null;
}

export type LocalDrafts = Readonly<Record<string, LocalDraft>>;

/** Where the typed text of one person, department and month is kept in this browser. */
export function draftsKey(account: string, department: string, period: string): string {
  return `duban.report.${account}.${department}.${period}`;
}

/** Reads what an earlier visit left behind; anything unreadable counts as nothing. */
export function readDrafts(key: string, storage: Pick<Storage, "getItem">): LocalDrafts {
  try {
    const found: unknown = JSON.parse(storage.getItem(key) ?? "{}");
    return typeof found === "object" && found !== null ? (found as LocalDrafts) : {};
  } catch {
    return {};
  }
}

/** Keeps what is not on the server yet; forgets the rest. */
export function keepDrafts(key: string, drafts: LocalDrafts, storage: Storage): void {
  try {
    if (Object.keys(drafts).length === 0) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(drafts));
  } catch {
    // A full or forbidden storage: the server has what was saved, the page has the rest.
  }
}
