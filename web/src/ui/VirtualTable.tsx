// biome-ignore-all lint/a11y/useSemanticElements: rows drawn by position are no table layout; roles keep their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: rows of a plain table are not interactive; what stands in them is
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, type ReactNode, useRef } from "react";
import { classNames } from "./class-names";
import { type Column, HeaderContent } from "./DataTable";

export interface VirtualColumn<Row> extends Column<Row> {
  /** Grid track, e.g. `minmax(0,1fr)` or `7rem`. */
  readonly width: string;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Height of a row in pixels; on a phone that of the card. */
  readonly rowHeight: number;
  /** One row as a card, for narrow screens; without it the columns stay. */
  readonly card?: (row: Row) => ReactNode;
  /** Classes that bound the height of the scroll area. */
  readonly className?: string;
  /** Words of a row that heads the ones below it, over the whole width; null for other rows. */
  readonly heading?: (row: Row) => ReactNode;
  /** Enter on a row; the row itself should hold a link for everybody else. */
  readonly onOpen?: (row: Row) => void;
}

/**
 * A table of thousands of rows of which only the visible ones are drawn. `j`/`k` and the arrow
 * keys move between rows, Enter opens one.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowKey, rowHeight, card, className, heading, onOpen } = props;
  const scroller = useRef<HTMLElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 8,
  });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const from = rowIndexOf(document.activeElement);
    const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      const isHead = (at: number): boolean => {
        const row = rows[at];
        return row !== undefined && heading?.(row) != null;
      };
      let index = from + step;
      while (isHead(index)) index += step;
      event.preventDefault();
      if (index < 0 || index >= rows.length) return;
      virtual.scrollToIndex(index);
      requestAnimationFrame(() => focusRow(scroller.current, index));
    } else if (event.key === "Enter" && event.target === document.activeElement && from >= 0) {
      const row = rows[from];
      if (row !== undefined && isRow(document.activeElement)) onOpen?.(row);
    }
  };

  return (
    <section
      ref={scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
      tabIndex={0}
      aria-label={label}
      className={classNames("overflow-auto", className)}
      onKeyDown={onKeyDown}
    >
      <div role="table" aria-label={label} aria-rowcount={rows.length + 1}>
        <div
          role="row"
          aria-rowindex={1}
          style={template}
          className={classNames(
            "sticky top-0 z-10 grid h-10 items-center border-b border-line bg-card text-sm text-muted",
            card !== undefined && "max-sm:sr-only",
          )}
        >
          {columns.map((column) => (
            <div
              key={column.key}
              role="columnheader"
              aria-sort={column.sort}
              className={classNames(
                "truncate px-3 font-medium",
                column.align === "end" && "text-right",
              )}
            >
              <HeaderContent column={column} />
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            if (row === undefined) return null;
            const head = heading?.(row);
            if (head != null) {
              return (
                <div
                  key={item.key}
                  role="row"
                  aria-rowindex={item.index + 2}
                  style={{ height: item.size, transform: `translateY(${item.start}px)` }}
                  className="absolute inset-x-0 top-0 flex items-end border-b border-line bg-sunken/50"
                >
                  <div
                    role="cell"
                    aria-colspan={columns.length}
                    className="min-w-0 flex-1 px-3 pb-2"
                  >
                    {head}
                  </div>
                </div>
              );
            }
            return (
              <div
                key={item.key}
                role="row"
                tabIndex={-1}
                aria-rowindex={item.index + 2}
                data-row={item.index}
                style={{ ...template, height: item.size, transform: `translateY(${item.start}px)` }}
                className={classNames(
                  "absolute inset-x-0 top-0 grid items-center border-b border-line hover:bg-sunken/60",
                  card !== undefined && "max-sm:!grid-cols-1",
                )}
              >
                {columns.map((column) => (
                  <div
                    key={column.key}
                    role="cell"
                    className={classNames(
                      "truncate px-3",
                      column.align === "end" && "text-right",
                      card !== undefined && "max-sm:hidden",
                    )}
                  >
                    {column.cell(row)}
                  </div>
                ))}
                {card !== undefined && (
                  <div role="cell" className="px-3 sm:hidden">
                    {card(row)}
                  </div>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}

function isRow(element: Element | null): boolean {
  return element?.hasAttribute("data-row") === true;
}

function rowIndexOf(element: Element | null): number {
  const index = element?.closest("[data-row]")?.getAttribute("data-row");
  return index === null || index === undefined ? -1 : Number(index);
}

function focusRow(root: HTMLElement | null, index: number): void {
  const row = root?.querySelector<HTMLElement>(`[data-row="${index}"]`);
  (row?.querySelector<HTMLElement>("a, button") ?? row)?.focus();
}
