import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from "react";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { classNames } from "../../ui/class-names";
import { Icon } from "../../ui/Icon";
import type { DepartmentRow } from "./fragments";
import { ancestorIds, moveFor, visibleRows, type Tree, type TreeRow } from "./tree";

interface DepartmentTreeProps {
  readonly tree: Tree<DepartmentRow>;
  /** Words that names or code must hold. */
  readonly query: string;
  readonly selected: string | null;
  readonly onSelect: (department: DepartmentRow) => void;
}

/** The departments as a tree: arrow keys walk, open and close; Enter shows the detail. */
export function DepartmentTree({ tree, query, selected, onSelect }: DepartmentTreeProps) {
  const t = useMessages("orgs");
  const [expanded, setExpanded] = useExpanded(tree, selected);
  const rows = useMemo(() => visibleRows(tree, expanded, query), [tree, expanded, query]);
  const [focused, setFocused] = useState<string | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const current = rows.some((row) => row.department.id === focused) ? focused : null;
  const entry = current ?? rows.find((row) => row.department.id === selected)?.department.id;
  const tabStop = entry ?? rows[0]?.department.id;

  const focus = (id: string): void => {
    setFocused(id);
    root.current?.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
  };
  const toggle = (id: string, isOpen: boolean): void => {
    setExpanded((known) => {
      const next = new Set(known);
      if (isOpen) next.add(id);
      else next.delete(id);
      return next;
    });
  };
  const onKeyDown = (event: KeyboardEvent, row: TreeRow<DepartmentRow>): void => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onSelect(row.department);
      return;
    }
    const move = moveFor(rows, row.department.id, event.key);
    if (move === null) return;
    event.preventDefault();
    if (move.kind === "focus") focus(move.id);
    else toggle(move.id, move.kind === "expand");
  };

  return (
    <div ref={root} role="tree" aria-label={t("tree.label")} className="py-1">
      {rows.map((row) => (
        <TreeItem
          key={row.department.id}
          row={row}
          isSelected={row.department.id === selected}
          isTabStop={row.department.id === tabStop}
          onFocus={() => setFocused(row.department.id)}
          onKeyDown={(event) => onKeyDown(event, row)}
          onSelect={() => onSelect(row.department)}
          onToggle={() => toggle(row.department.id, !row.isExpanded)}
        />
      ))}
    </div>
  );
}

/** What is open: the roots at first, and always the way down to the selected department. */
function useExpanded(tree: Tree<DepartmentRow>, selected: string | null) {
  const [expanded, setExpanded] = useState<ReadonlySet<string>>(() => new Set());
  useEffect(() => {
    const roots = tree.roots.length === 1 ? tree.roots.map((one) => one.id) : [];
    const above = selected === null ? [] : ancestorIds(tree, selected);
    setExpanded((known) => new Set([...known, ...roots, ...above]));
  }, [tree, selected]);
  return [expanded, setExpanded] as const;
}

interface TreeItemProps {
  readonly row: TreeRow<DepartmentRow>;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onFocus: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onSelect: () => void;
  readonly onToggle: () => void;
}

/** One row; the arrow opens it, the rest selects it. */
function TreeItem({
  row,
  isSelected,
  isTabStop,
  onFocus,
  onKeyDown,
  onSelect,
  onToggle,
}: TreeItemProps) {
  const t = useMessages("orgs");
  const { department } = row;
  return (
    <div
      role="treeitem"
      data-id={department.id}
      aria-level={row.level}
      aria-setsize={row.siblings}
      aria-posinset={row.place}
      aria-expanded={row.isExpandable ? row.isExpanded : undefined}
      aria-selected={isSelected}
      tabIndex={isTabStop ? 0 : -1}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
      onClick={onSelect}
      className={classNames(
        "control flex min-h-10 cursor-pointer items-center gap-1 rounded-md pr-3",
        isSelected ? "bg-info-soft font-medium" : "hover:bg-sunken",
      )}
      style={{ paddingLeft: `${String((row.level - 1) * 1.25)}rem` }}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the arrow keys of the row do the same */}
      <span
        className="control grid size-8 shrink-0 place-items-center text-muted"
        onClick={(event) => {
          if (!row.isExpandable) return;
          event.stopPropagation();
          onToggle();
        }}
      >
        {row.isExpandable && <Icon name={row.isExpanded ? "chevronDown" : "chevronRight"} />}
      </span>
      <span className={classNames("min-w-0 flex-1 py-1", row.isMatch && "font-medium")}>
        {department.name}
      </span>
      {department.isVenue && <Badge>{t("venue")}</Badge>}
      <span className="text-sm text-muted">{department.code}</span>
    </div>
  );
}
