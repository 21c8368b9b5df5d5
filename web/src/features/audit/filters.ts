/** What narrows the trail, as it stands in the address. */
export interface AuditFilters {
  readonly outcome: string;
  readonly kind: string;
  readonly action: string;
  readonly from: string;
  readonly to: string;
  readonly actor: string;
  readonly object: string;
}

const NAMES = ["outcome", "kind", "action", "from", "to", "actor", "object"] as const;

/** The filters of an address. */
export function filtersOf(search: URLSearchParams): AuditFilters {
  const of = (name: string): string => search.get(name) ?? "";
  return {
    outcome: of("outcome"),
    kind: of("kind"),
    action: of("action"),
    from: of("from"),
    to: of("to"),
    actor: of("actor"),
    object: of("object"),
  };
}

/** The change of the address that takes every filter away. */
export const NO_FILTERS: Readonly<Record<string, undefined>> = Object.fromEntries(
  NAMES.map((name) => [name, undefined]),
);

/** Whether anything is filtered. */
export function isFiltered(filters: AuditFilters): boolean {
  return NAMES.some((name) => filters[name] !== "");
}

const given = (value: string): string | null => (value === "" ? null : value);

/** The filters as the server takes them; what it cannot know is left out. */
export function inputOf(filters: AuditFilters) {
  const { outcome } = filters;
  return {
    outcome: outcome === "DONE" || outcome === "REFUSED" ? (outcome as "DONE" | "REFUSED") : null,
    objectType: given(filters.kind),
    action: given(filters.action.trim()),
    from: given(filters.from),
    to: given(filters.to),
    actor: given(filters.actor),
    object: given(filters.object),
  };
}
