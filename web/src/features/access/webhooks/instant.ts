/** The instant (`2025-06-30T00:00:00.000Z`) of a time typed in the reader's zone; null where there is none. */
export function instantOf(typed: string): string | null {
  const date = new Date(typed);
  return typed === "" || Number.isNaN(date.getTime()) ? null : date.toISOString();
}
