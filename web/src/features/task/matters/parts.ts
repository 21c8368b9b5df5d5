/** One part as it is typed. */
export interface PartEntry {
  readonly key: number;
  readonly title: string;
  readonly lead: string | null;
  readonly deadline: string;
}

/** A row with nothing in it yet but what stands in the row above. */
export function nextPart(rows: readonly PartEntry[]): PartEntry {
  const above = rows.at(-1);
  return {
    key: (above?.key ?? 0) + 1,
    title: above?.title ?? "",
    lead: null,
    deadline: above?.deadline ?? "",
  };
}

/** The rows with one value filled down from a row to all below it. */
export function filledDown(
  rows: readonly PartEntry[],
  from: number,
  field: "title" | "deadline",
): readonly PartEntry[] {
  const index = rows.findIndex((row) => row.key === from);
  const value = rows[index]?.[field];
  if (value === undefined) return rows;
  return rows.map((row, at) => (at > index ? { ...row, [field]: value } : row));
}

/** What is still missing in a row; nothing when it can be sent. */
export function missingIn(row: PartEntry): "title" | "lead" | "deadline" | null {
  if (row.title.trim() === "") return "title";
  if (row.lead === null) return "lead";
  return row.deadline === "" ? "deadline" : null;
}
