import type { ReviewItemData } from "./queries";

/** What tells one item from another, also when the same report comes back changed. */
export function itemKey(item: ReviewItemData): string {
  if (item.report != null) return `${item.report.id} ${item.report.version}`;
  const request = item.extension ?? item.exception ?? item.amendment;
  return request?.id ?? `${item.task.id} ${item.task.version}`;
}

/** Whether the item may be accepted together with others: a report of somebody else. */
export function isBatchable(item: ReviewItemData): boolean {
  return item.kind === "REPORT" && !item.isOwn && item.report?.viewerCanReview === true;
}

/** The item that stands where the chosen one stood, once that one is gone. */
export function nextOf(
  items: readonly ReviewItemData[],
  chosen: string | null,
): ReviewItemData | null {
  const index = items.findIndex((item) => itemKey(item) === chosen);
  return items[index + 1] ?? items[index - 1] ?? null;
}

/** A day some days after another, `2025-03-31`. */
export function daysAfter(day: string, count: number): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + count);
  return date.toISOString().slice(0, 10);
}
