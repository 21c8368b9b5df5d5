import type { LargeImportData } from "./import-queries";

type Progress = Pick<LargeImportData, "state" | "rows" | "rowsDone">;

/** Whether more is to come of it. */
export function isUnderWay({ state }: Pick<Progress, "state">): boolean {
  return state === "WAITING" || state === "RUNNING";
}

/** How much of it was looked at, in whole percent; all of it only when it is all. */
export function percentDone({ rows, rowsDone }: Progress): number {
  return Math.floor(shareOf(rowsDone, rows));
}

/** So many of all in percent. */
export function shareOf(some: number, all: number): number {
  return all === 0 ? 0 : (some / all) * 100;
}

/** What changes when it goes on. */
export function markOf(imports: readonly (Progress & { readonly id: string })[]): string {
  return imports.map((one) => `${one.id} ${one.state} ${one.rowsDone}`).join("\n");
}
