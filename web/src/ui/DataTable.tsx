import type { ReactNode } from "react";
import { classNames } from "./class-names";

export interface Column<Row> {
  readonly key: string;
  readonly header: ReactNode;
  readonly cell: (row: Row) => ReactNode;
  readonly align?: "start" | "end";
  /** Width or other classes of the column. */
  readonly className?: string;
  /** The cell that names the row; a row header for screen readers. */
  readonly isRowHeader?: boolean;
  /** Place in the card of a phone: right of the row's name, among the small words under it, or none. */
  readonly phone?: "beside" | "below" | "hidden";
  /** Set when the reader may sort by this column. */
  readonly sort?: "ascending" | "descending" | "none";
  readonly onSort?: () => void;
}

interface DataTableProps<Row> {
  /** Name of the table for screen readers. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly rowClassName?: (row: Row) => string | undefined;
}

/** A table for up to a few hundred rows; on a narrow screen each row becomes a card. */
export function DataTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowClassName,
}: DataTableProps<Row>) {
  return (
    <table className="w-full border-collapse text-left max-sm:block">
      <caption className="sr-only">{label}</caption>
      <thead className="max-sm:sr-only">
        <tr>
          {columns.map((column) => (
            <th
              key={column.key}
              scope="col"
              aria-sort={column.sort}
              className={classNames(
                "h-10 border-b border-line px-3 text-sm font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4",
                column.align === "end" && "text-right",
                column.className,
              )}
            >
              <HeaderContent column={column} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-sm:block">
        {rows.map((row) => (
          <tr
            key={rowKey(row)}
            className={classNames(
              "border-b border-line last:border-b-0 hover:bg-sunken/60 max-sm:flex max-sm:flex-wrap max-sm:items-center max-sm:gap-x-3 max-sm:px-4 max-sm:py-2 max-sm:before:-order-1 max-sm:before:w-full",
              rowClassName?.(row),
            )}
          >
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const ON_PHONE = {
  beside: "max-sm:-order-2 max-sm:text-right",
  below: "max-sm:text-sm max-sm:text-muted",
  hidden: "max-sm:hidden",
} as const;

function Cell<Row>({ column, row }: { readonly column: Column<Row>; readonly row: Row }) {
  const look = classNames(
    "h-row px-3 py-1.5 align-middle font-normal max-sm:h-auto max-sm:p-0 max-sm:empty:hidden sm:first:pl-4 sm:last:pr-4",
    column.align === "end" && "text-right",
    column.isRowHeader === true
      ? "max-sm:-order-3 max-sm:min-w-0 max-sm:flex-1 max-sm:basis-1/2 max-sm:font-medium"
      : ON_PHONE[column.phone ?? "below"],
    column.className,
  );
  return column.isRowHeader === true ? (
    <th scope="row" className={look}>
      {column.cell(row)}
    </th>
  ) : (
    <td className={look}>{column.cell(row)}</td>
  );
}

/** Words of a column head, as a button where it sorts. */
export function HeaderContent<Row>({ column }: { readonly column: Column<Row> }) {
  if (column.onSort === undefined) return column.header;
  const mark = { ascending: "↑", descending: "↓", none: "" }[column.sort ?? "none"];
  return (
    <button
      type="button"
      className="-mx-1 inline-flex min-h-8 items-center gap-1 rounded px-1 hover:text-ink"
      onClick={column.onSort}
    >
      {column.header}
      <span aria-hidden="true" className="print:hidden">
        {mark}
      </span>
    </button>
  );
}
