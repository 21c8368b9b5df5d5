// biome-ignore-all lint/a11y/useSemanticElements: rows drawn by position are no table layout; roles keep their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: rows of a plain table are not interactive; what stands in them is
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type CSSProperties, type ReactNode, useLayoutEffect, useRef, useState } from "react";
import { classNames } from "./class-names";
import { type Column, HeaderContent } from "./DataTable";
import { useIsPrinting } from "./use-is-printing";
import { useRowKeys } from "./use-row-keys";

export interface VirtualColumn<Row> extends Column<Row> {
  /** Grid track, e.g. `minmax(0,1fr)` or `7rem`. */
  readonly width: string;
}

interface VirtualTableProps<Row> {
  readonly label: string;
  readonly columns: readonly VirtualColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  /** Height that most rows have, in pixels; each is measured once it is drawn. */
  readonly rowHeight: number;
  /** One row as a card, for narrow screens. */
  readonly card: (row: Row) => ReactNode;
  /** Words of a row that heads the ones below it, over the whole width; null for other rows. */
  readonly heading?: (row: Row) => ReactNode;
}

/** A row on the page: at its place, or in the flow (null) on paper. */
interface Drawn {
  readonly key: React.Key;
  readonly index: number;
  readonly start: number | null;
}

/** Pixels that header and column heads cover when a row is scrolled to. */
const COVERED = 110;

/**
 * A table of thousands of rows of which only the visible ones are drawn; the page itself scrolls.
 * `j` and `k` move between rows from anywhere on the page, the arrow keys inside the table; the
 * link of a row (class `after:absolute after:inset-0`) makes the whole row its target.
 */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, columns, rows, rowKey, rowHeight, card, heading } = props;
  const body = useRef<HTMLDivElement>(null);
  const margin = useTopOf(body);
  const virtual = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowKey(row);
    },
    overscan: 8,
    scrollMargin: margin,
    scrollPaddingStart: COVERED,
    scrollPaddingEnd: 80,
  });
  useRowKeys(body, {
    count: rows.length,
    isHeading: (index) => {
      const row = rows[index];
      return row !== undefined && heading?.(row) != null;
    },
    scrollTo: (index) => virtual.scrollToIndex(index),
  });
  const template = { gridTemplateColumns: columns.map((column) => column.width).join(" ") };
  const isPrinting = useIsPrinting();
  const place = (item: Drawn): CSSProperties =>
    item.start === null ? {} : { transform: `translateY(${item.start - margin}px)` };
  const drawn: readonly Drawn[] = isPrinting
    ? rows.map((row, index) => ({ key: rowKey(row), index, start: null }))
    : virtual.getVirtualItems();

  return (
    <div role="table" aria-label={label} aria-rowcount={rows.length + 1}>
      <div
        role="row"
        aria-rowindex={1}
        style={template}
        className="sticky top-14 z-10 grid h-10 items-center rounded-t-card border-b border-line bg-card text-sm text-muted not-print:max-md:sr-only print:static"
      >
        {columns.map((column) => (
          <div
            key={column.key}
            role="columnheader"
            aria-sort={column.sort}
            className={classNames(
              "px-3 font-medium whitespace-nowrap first:pl-4 last:pr-4",
              column.align === "end" && "text-right",
            )}
          >
            <HeaderContent column={column} />
          </div>
        ))}
      </div>
      <div
        ref={body}
        role="rowgroup"
        className="relative"
        style={isPrinting ? {} : { height: virtual.getTotalSize() }}
      >
        {drawn.map((item) => {
          const row = rows[item.index];
          if (row === undefined) return null;
          const head = heading?.(row);
          return (
            <div
              key={item.key}
              ref={virtual.measureElement}
              role="row"
              aria-rowindex={item.index + 2}
              data-index={item.index}
              data-row={head == null ? item.index : undefined}
              style={head == null ? { ...template, ...place(item) } : place(item)}
              className={classNames(
                isPrinting ? "break-inside-avoid" : "absolute inset-x-0 top-0",
                "border-b border-line",
                head == null
                  ? "grid min-h-row items-center transition-colors hover:bg-sunken/60 has-focus-visible:bg-info-soft not-print:max-md:!grid-cols-1"
                  : "flex min-h-row items-end bg-sunken/60",
                item.index === rows.length - 1 && "border-b-0",
              )}
            >
              {head == null ? (
                <Cells columns={columns} row={row} card={card} />
              ) : (
                <div role="cell" aria-colspan={columns.length} className="min-w-0 flex-1 px-4 py-2">
                  {head}
                </div>
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

type CellsProps<Row> = Pick<VirtualTableProps<Row>, "columns" | "card"> & { readonly row: Row };

function Cells<Row>({ columns, row, card }: CellsProps<Row>) {
  return (
    <>
      {columns.map((column) => (
        <div
          key={column.key}
          role="cell"
          className={classNames(
            "min-w-0 px-3 py-2 first:pl-4 nth-last-2:pr-4 not-print:max-md:hidden",
            column.align === "end" && "text-right",
            column.className,
          )}
        >
          {column.cell(row)}
        </div>
      ))}
      <div role="cell" className="min-w-0 px-4 py-3 md:hidden print:hidden">
        {card(row)}
      </div>
    </>
  );
}

/** Distance of an element from the top of the document; follows what grows above it. */
function useTopOf(element: React.RefObject<HTMLElement | null>): number {
  const [top, setTop] = useState(0);
  useLayoutEffect(() => {
    const measure = (): void => {
      const box = element.current?.getBoundingClientRect();
      if (box !== undefined) setTop(Math.round(box.top + window.scrollY));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => observer.disconnect();
  }, [element]);
  return top;
}
