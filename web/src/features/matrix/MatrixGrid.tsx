// biome-ignore-all lint/a11y/useSemanticElements: rows drawn by position are no table layout; roles keep their meaning
// biome-ignore-all lint/a11y/useFocusableInteractive: one cell at a time takes the focus
import { useRouter } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useRef, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { Link } from "../../ui/Link";
import { metricUrl } from "../../ui/urls";
import { kindOf, type Place, placeAfter } from "./cells";
import { CellContent } from "./MatrixCell";
import type { MatrixMetricData } from "./queries";
import type { Matrix, MatrixUnit, Span } from "./use-matrix";

export interface MatrixGridProps {
  readonly label: string;
  readonly matrix: Matrix;
  readonly metrics: readonly MatrixMetricData[];
  readonly span: Span;
}

/** Height of a row in pixels at the base text size. */
const ROW = 48;
const HEAD = 92;
const PAGE = 10;

/** Where the figures of a unit for a metric are explained. */
export const cellUrl = (metric: string, unit: string): string =>
  `${metricUrl(metric)}?unit=${encodeURIComponent(unit)}`;

/**
 * Units down, metrics across; heads and first column stay. Only the rows in view are drawn, one cell
 * takes the focus and the arrows move it.
 */
export function MatrixGrid({ label, matrix, metrics, span }: MatrixGridProps) {
  const t = useMessages("matrix");
  const router = useRouter();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<Place>({ row: 0, column: 0 });
  const { units } = matrix;
  const virtual = useVirtualizer({
    count: units.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    overscan: 6,
    scrollPaddingStart: HEAD,
    getItemKey: (index) => units[index]?.code ?? index,
  });
  const template = {
    gridTemplateColumns: `var(--first) repeat(${String(metrics.length)}, var(--cell))`,
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const size = { rows: units.length, columns: metrics.length, page: PAGE };
    const next = placeAfter(active, { key: event.key, isFar: event.ctrlKey }, size);
    if (next === null) return;
    event.preventDefault();
    setActive(next);
    virtual.scrollToIndex(next.row);
    // The row may be drawn by this very move.
    requestAnimationFrame(() => {
      const cell = scroller.current?.querySelector<HTMLElement>(`[data-cell="${placeKey(next)}"]`);
      cell?.focus({ preventScroll: true });
      cell?.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
  };
  return (
    <div
      ref={scroller}
      className="matrix max-h-[calc(100dvh-15rem)] min-h-80 overflow-auto rounded-card [--cell:7.25rem] [--first:8.5rem] max-sm:[--cell:6rem] max-sm:[--first:6.5rem]"
    >
      <div
        role="grid"
        aria-label={label}
        aria-rowcount={units.length + 1}
        aria-colcount={metrics.length + 1}
        className="relative w-max min-w-full"
        onKeyDown={onKeyDown}
      >
        <div
          role="row"
          aria-rowindex={1}
          style={{ ...template, height: HEAD }}
          className="sticky top-0 z-20 grid border-b border-line-strong bg-card text-sm"
        >
          <div
            role="columnheader"
            className="sticky left-0 z-10 flex items-end border-r border-line bg-card px-3 pb-2 text-muted"
          >
            {t("unit")}
          </div>
          {metrics.map((metric) => (
            <div
              key={metric.code}
              role="columnheader"
              title={metric.name}
              className="flex flex-col justify-end px-2 pb-2 text-right leading-tight"
            >
              <Link to={metricUrl(metric.code)} className="text-ink hover:underline">
                <span className="line-clamp-3">{metric.name}</span>
              </Link>
              <span className="text-xs text-muted">{metric.unit}</span>
            </div>
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const unit = units[item.index];
            if (unit === undefined) return null;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                style={{ ...template, height: item.size, transform: `translateY(${item.start}px)` }}
                className={classNames(
                  "group absolute inset-x-0 top-0 grid border-b border-line bg-card",
                  item.index === 0 && "font-semibold",
                )}
              >
                <div
                  role="rowheader"
                  title={unit.name}
                  className="sticky left-0 z-10 flex items-center border-r border-line bg-card px-3 leading-tight group-hover:bg-sunken"
                >
                  {unit.shortName.replace(/科协$/u, "")}
                </div>
                {metrics.map((metric, column) => (
                  <GridCell
                    key={metric.code}
                    place={{ row: item.index, column }}
                    isActive={active.row === item.index && active.column === column}
                    matrix={matrix}
                    metric={metric}
                    unit={unit}
                    span={span}
                    onFocus={setActive}
                    onOpen={(to) => router.history.push(to)}
                  />
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

const placeKey = ({ row, column }: Place): string => `${String(row)}.${String(column)}`;

interface GridCellProps extends Omit<MatrixGridProps, "label" | "metrics"> {
  readonly place: Place;
  readonly isActive: boolean;
  readonly metric: MatrixMetricData;
  readonly unit: MatrixUnit;
  readonly onFocus: (place: Place) => void;
  readonly onOpen: (to: string) => void;
}

function GridCell(props: GridCellProps) {
  const { place, isActive, matrix, metric, unit, span, onFocus, onOpen } = props;
  const cell = matrix.cell(unit.code, metric.code, span);
  const isAsked = kindOf(cell) !== "notAsked";
  const to = cellUrl(metric.code, unit.code);
  const look =
    "flex flex-col items-end justify-center px-2 text-right leading-tight scroll-mt-24 scroll-ml-36 group-hover:bg-sunken/60";
  const shared = {
    "data-cell": placeKey(place),
    tabIndex: isActive ? 0 : -1,
    onFocus: () => onFocus(place),
  };
  if (!isAsked) {
    return (
      <div {...shared} role="gridcell" className={look}>
        <CellContent cell={cell} />
      </div>
    );
  }
  return (
    <div
      {...shared}
      role="gridcell"
      className={`${look} cursor-pointer hover:!bg-info-soft`}
      title={`${unit.shortName} ${metric.name}`}
      onClick={() => onOpen(to)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onOpen(to);
      }}
    >
      <CellContent cell={cell} />
    </div>
  );
}
