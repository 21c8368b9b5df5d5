/** The things told on one day. */
export interface Day<Item> {
  /** `2025-03-17` in the reader's time zone. */
  readonly day: string;
  readonly items: readonly Item[];
}

/** Groups what is sorted by time, the newest first, under its days. */
export function byDay<Item extends { readonly createdAt: string }>(
  items: readonly Item[],
): readonly Day<Item>[] {
  const days: { day: string; items: Item[] }[] = [];
  for (const item of items) {
    const day = dayOf(item.createdAt);
    const last = days.at(-1);
    if (last?.day === day) last.items.push(item);
    else days.push({ day, items: [item] });
  }
  return days;
}

function dayOf(instant: string): string {
  const date = new Date(instant);
  const two = (part: number): string => String(part).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
