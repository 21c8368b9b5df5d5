import { keep, readKept } from "../../states/kept";
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

/** Reads what an earlier visit left behind. */
export function readDrafts(key: string, storage: Pick<Storage, "getItem">): LocalDrafts {
  return readKept<LocalDraft>(key, storage);
}

/** Keeps what is not on the server yet. */
export function keepDrafts(key: string, drafts: LocalDrafts, storage: Storage): void {
  keep(key, drafts, storage);
}
