import { Link } from "../ui/Link";
import { VisuallyHidden } from "../ui/VisuallyHidden";

export interface BarPart {
  readonly key: string;
  readonly value: number;
  /** Spoken and shown in the tooltip, e.g. `牵头 14 项`. */
  readonly label: string;
  readonly to: string;
}

export interface BarRow {
  readonly key: string;
  readonly name: string;
  readonly to: string;
  readonly parts: readonly BarPart[];
  /** Figure at the right end. */
  readonly figure: string;
}

interface BarListProps {
  readonly label: string;
  readonly rows: readonly BarRow[];
  /** Names of the parts in order; a legend is shown for two and more. */
  readonly legend?: readonly string[];
  /** Long names: they get half of the width and may wrap. */
  readonly isWide?: boolean;
}

const FILLS = ["bg-bar", "bg-bar-soft"] as const;

/** Bars one under the other; each bar leads to the rows behind it. */
export function BarList({ label, rows, legend = [], isWide = false }: BarListProps) {
  const most = Math.max(1, ...rows.map(totalOf));
  return (
    <div>
      {legend.length > 1 && (
        <ul className="mb-2 flex gap-4 text-sm text-muted">
          {legend.map((name, index) => (
            <li key={name} className="flex items-center gap-1.5">
              <span aria-hidden="true" className={`size-3 rounded-sm ${fillOf(index)}`} />
              {name}
            </li>
          ))}
        </ul>
      )}
      <ul aria-label={label} className="grid gap-0.5">
        {rows.map((row) => (
          <li
            key={row.key}
            className={`grid items-center gap-x-3 max-sm:!grid-cols-[minmax(0,1fr)_auto] max-sm:py-1 ${
              isWide
                ? "min-h-8 grid-cols-[minmax(0,13fr)_minmax(0,7fr)_auto]"
                : "min-h-10 grid-cols-[minmax(0,9rem)_minmax(0,1fr)_auto]"
            }`}
          >
            <Link
              to={row.to}
              className={`control flex items-center py-1 leading-snug text-ink underline-offset-4 hover:underline ${isWide ? "" : "whitespace-nowrap"}`}
              title={row.name}
            >
              {row.name}
            </Link>
            <span
              aria-hidden="true"
              className="flex h-3 gap-px max-sm:order-last max-sm:col-span-2"
              style={{ width: `${(totalOf(row) / most) * 100}%` }}
            >
              {row.parts.map((part, index) =>
                part.value === 0 ? null : (
                  <span
                    key={part.key}
                    title={part.label}
                    className={`rounded-xs ${fillOf(index)}`}
                    style={{ flexGrow: part.value }}
                  />
                ),
              )}
            </span>
            <span className="flex justify-end gap-1 text-sm">
              {row.parts.length > 1 ? (
                row.parts.map((part) => (
                  <Link
                    key={part.key}
                    to={part.to}
                    className="control grid min-h-7 min-w-7 place-items-center rounded px-1 text-link hover:bg-sunken"
                  >
                    <span aria-hidden="true">{part.value}</span>
                    <VisuallyHidden>
                      {row.name} {part.label}
                    </VisuallyHidden>
                  </Link>
                ))
              ) : (
                <span className="min-w-7 text-right text-muted">{row.figure}</span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}

function totalOf(row: BarRow): number {
  return row.parts.reduce((sum, part) => sum + part.value, 0);
}

function fillOf(index: number): string {
  return FILLS[index % FILLS.length] ?? FILLS[0];
}
