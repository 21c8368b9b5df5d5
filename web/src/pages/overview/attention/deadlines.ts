const SOON_DAYS = 30;
const DAY_MS = 86_400_000;

/** Of deadlines not yet met: how many have passed, and how many pass within thirty days. */
export function soonOf(
  tasks: readonly { readonly deadline: string | null }[],
  today: string | null,
): { readonly late: number; readonly soon: number } {
  if (today === null) return { late: 0, soon: 0 };
  const end = new Date(Date.parse(today) + SOON_DAYS * DAY_MS).toISOString().slice(0, 10);
  const days = tasks.flatMap(({ deadline }) => (deadline === null ? [] : [deadline]));
  const late = days.filter((day) => day < today).length;
  return { late, soon: days.filter((day) => day <= end).length - late };
}
