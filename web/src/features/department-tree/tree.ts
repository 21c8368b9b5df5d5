/** A department as the tree needs it. */
export interface TreeDepartment {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly otherNames: readonly string[];
  readonly position: number;
  readonly parent: { readonly id: string } | null;
}

/** The register as a tree; departments whose parent is not in the list are roots. */
export interface Tree<Department extends TreeDepartment> {
  readonly roots: readonly Department[];
  readonly byId: ReadonlyMap<string, Department>;
  readonly childrenOf: ReadonlyMap<string, readonly Department[]>;
}

/** One visible row of the tree. */
export interface TreeRow<Department extends TreeDepartment> {
  readonly department: Department;
  /** 1 for a root, as `aria-level`. */
  readonly level: number;
  readonly isExpandable: boolean;
  readonly isExpanded: boolean;
  /** Whether the search itself found it; ancestors of found ones are shown, but not matches. */
  readonly isMatch: boolean;
  /** Place among its siblings that are shown, from 1. */
  readonly place: number;
  readonly siblings: number;
}

/** Builds the tree; siblings stand in the order of the register. */
export function buildTree<Department extends TreeDepartment>(
  departments: readonly Department[],
): Tree<Department> {
  const byId = new Map(departments.map((department) => [department.id, department]));
  const childrenOf = new Map<string, Department[]>();
  const roots: Department[] = [];
  const ordered = departments.toSorted(
    (a, b) => a.position - b.position || a.code.localeCompare(b.code),
  );
  for (const department of ordered) {
    const parent = department.parent?.id;
    if (parent === undefined || !byId.has(parent)) roots.push(department);
    else childrenOf.set(parent, [...(childrenOf.get(parent) ?? []), department]);
  }
  return { roots, byId, childrenOf };
}

/** Ids of the departments above, the root first. */
export function ancestorIds<Department extends TreeDepartment>(
  tree: Tree<Department>,
  id: string,
): string[] {
  const above: string[] = [];
  const seen = new Set([id]);
  let parent = tree.byId.get(id)?.parent?.id;
  while (parent !== undefined && tree.byId.has(parent) && !seen.has(parent)) {
    seen.add(parent);
    above.unshift(parent);
    parent = tree.byId.get(parent)?.parent?.id;
  }
  return above;
}

/** How many departments of a kind stand anywhere below. */
export function countBelow<Department extends TreeDepartment & { readonly kind: string }>(
  tree: Tree<Department>,
  id: string,
  kind: string,
): number {
  let count = 0;
  const seen = new Set<string>();
  const waiting = [...(tree.childrenOf.get(id) ?? [])];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (seen.has(one.id)) continue;
    seen.add(one.id);
    if (one.kind === kind) count += 1;
    waiting.push(...(tree.childrenOf.get(one.id) ?? []));
  }
  return count;
}

/** Ids whose names or code hold the query, case aside. */
export function matches<Department extends TreeDepartment>(
  tree: Tree<Department>,
  query: string,
): ReadonlySet<string> {
  const wanted = query.trim().toLowerCase();
  const found = new Set<string>();
  if (wanted === "") return found;
  for (const one of tree.byId.values()) {
    const names = [one.name, one.shortName, one.code, ...one.otherNames];
    if (names.some((name) => name.toLowerCase().includes(wanted))) found.add(one.id);
  }
  return found;
}

/**
 * The rows to show, in order. With a search only matches and their ancestors stay, and the way
 * down to each match is open; without one, `expanded` decides.
 */
export function visibleRows<Department extends TreeDepartment>(
  tree: Tree<Department>,
  expanded: ReadonlySet<string>,
  query: string,
): TreeRow<Department>[] {
  const isSearch = query.trim() !== "";
  const found = matches(tree, query);
  const kept = new Set(found);
  for (const id of found) for (const above of ancestorIds(tree, id)) kept.add(above);
  const rows: TreeRow<Department>[] = [];
  const shown = (list: readonly Department[]): readonly Department[] =>
    isSearch ? list.filter((one) => kept.has(one.id)) : list;

  const walk = (list: readonly Department[], level: number): void => {
    list.forEach((department, index) => {
      const below = shown(tree.childrenOf.get(department.id) ?? []);
      const isExpanded = below.length > 0 && (isSearch || expanded.has(department.id));
      rows.push({
        department,
        level,
        isExpandable: below.length > 0,
        isExpanded,
        isMatch: found.has(department.id),
        place: index + 1,
        siblings: list.length,
      });
      if (isExpanded) walk(below, level + 1);
    });
  };
  walk(shown(tree.roots), 1);
  return rows;
}

/** What a key does in a tree, by the WAI-ARIA practice. */
export type TreeMove =
  | { readonly kind: "focus"; readonly id: string }
  | { readonly kind: "expand"; readonly id: string }
  | { readonly kind: "collapse"; readonly id: string };

/** The move that a key asks for at the focused row; null when the key does nothing there. */
export function moveFor<Department extends TreeDepartment>(
  rows: readonly TreeRow<Department>[],
  focused: string,
  key: string,
): TreeMove | null {
  const index = rows.findIndex((row) => row.department.id === focused);
  const row = rows[index];
  if (row === undefined) return null;
  switch (key) {
    case "ArrowDown":
      return focusOn(rows[index + 1]);
    case "ArrowUp":
      return focusOn(rows[index - 1]);
    case "Home":
      return focusOn(rows[0]);
    case "End":
      return focusOn(rows.at(-1));
    case "ArrowRight":
      if (!row.isExpandable) return null;
      return row.isExpanded ? focusOn(rows[index + 1]) : { kind: "expand", id: focused };
    case "ArrowLeft":
      if (row.isExpanded) return { kind: "collapse", id: focused };
      return focusOn(rows.slice(0, index).findLast((above) => above.level === row.level - 1));
    default:
      return null;
  }
}

function focusOn<Department extends TreeDepartment>(
  row: TreeRow<Department> | undefined,
): TreeMove | null {
  return row === undefined ? null : { kind: "focus", id: row.department.id };
}
