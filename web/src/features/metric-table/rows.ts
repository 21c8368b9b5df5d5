/** A metric as the table needs it. */
export interface MetricRow {
  readonly code: string;
  readonly name: string;
  readonly phrase: string;
  readonly unit: string;
  readonly position: number;
  readonly reportingLevel: string;
  readonly timeAggregation: string;
  readonly treeAggregation: string;
  readonly task: {
    readonly code: string;
    readonly title: string;
    readonly kind: string;
    readonly lead: { readonly code: string; readonly shortName: string } | null;
    readonly section: {
      readonly id: string;
      readonly ordinal: string;
      readonly title: string;
      readonly position: number;
      readonly partIndex: number;
    } | null;
  } | null;
}

/** What the address says of the table. */
export interface MetricFilters {
  /** Words that code, name, phrase or task must hold. */
  readonly q?: string | undefined;
  /** Code of the lead department. */
  readonly lead?: string | undefined;
  /** Level whose units report. */
  readonly level?: string | undefined;
  /** How values add up over time. */
  readonly over?: string | undefined;
}

/** Metrics of one section, or of the points that stand in none. */
export interface MetricGroup<Row extends MetricRow> {
  readonly key: string;
  /** Null for key tasks and other points without a chapter. */
  readonly section: { readonly ordinal: string; readonly title: string } | null;
  /** Kind of the tasks, to name a group without a chapter; null for targets outside any point. */
  readonly kind: string | null;
  readonly rows: readonly Row[];
}

/** The rows that pass every filter. */
export function filterMetrics<Row extends MetricRow>(
  rows: readonly Row[],
  filters: MetricFilters,
): Row[] {
  const wanted = (filters.q ?? "").trim().toLowerCase();
  return rows.filter(
    (row) =>
      (wanted === "" || searchKey(row).includes(wanted)) &&
      (filters.lead === undefined || row.task?.lead?.code === filters.lead) &&
      (filters.level === undefined || row.reportingLevel === filters.level) &&
      (filters.over === undefined || row.timeAggregation === filters.over),
  );
}

function searchKey(row: MetricRow): string {
  const task = row.task;
  return [row.code, row.name, row.phrase, row.unit, task?.code, task?.title, task?.lead?.shortName]
    .join(" ")
    .toLowerCase();
}

/** Groups by chapter in the order of the document; points without a chapter come after. */
export function groupMetrics<Row extends MetricRow>(rows: readonly Row[]): MetricGroup<Row>[] {
  const groups = new Map<string, { order: number; group: MetricGroup<Row>; rows: Row[] }>();
  for (const row of rows.toSorted((a, b) => a.position - b.position)) {
    const section = row.task?.section ?? null;
    const kind = row.task?.kind ?? null;
    const key = section?.id ?? `kind:${kind ?? ""}`;
    const known = groups.get(key);
    if (known !== undefined) {
      known.rows.push(row);
      continue;
    }
    const held: Row[] = [row];
    groups.set(key, { order: orderOf(row), group: { key, section, kind, rows: held }, rows: held });
  }
  return [...groups.values()].toSorted((a, b) => a.order - b.order).map((one) => one.group);
}

const SECTIONS_PER_PART = 10_000;
const WITHOUT_SECTION = 1_000_000_000;

function orderOf(row: MetricRow): number {
  const section = row.task?.section;
  if (section == null) return WITHOUT_SECTION + (row.task === null ? 1 : 0);
  return section.partIndex * SECTIONS_PER_PART + section.position;
}

/** Lead departments that occur, each once, with how many metrics they lead. */
export function leadsOf(
  rows: readonly MetricRow[],
): { readonly code: string; readonly shortName: string; readonly count: number }[] {
  const leads = new Map<string, { code: string; shortName: string; count: number }>();
  for (const { task } of rows) {
    if (task?.lead == null) continue;
    const known = leads.get(task.lead.code);
    leads.set(task.lead.code, { ...task.lead, count: (known?.count ?? 0) + 1 });
  }
  return [...leads.values()].toSorted((a, b) => b.count - a.count);
}
