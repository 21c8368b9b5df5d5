import { Link } from "../ui/Link";
import { VisuallyHidden } from "../ui/VisuallyHidden";

export interface TileUnit {
  readonly key: string;
  readonly name: string;
  /** Column and row from 1, as the organisation configures them. */
  readonly column: number;
  readonly row: number;
  readonly value: number;
  /** The value as it is shown, where that is not the plain number. */
  readonly figure?: string;
  /** Nothing was said here, which is not zero: a dashed outline instead of a shade. */
  readonly isMissing?: boolean;
  /** Full spoken label. */
  readonly label: string;
  readonly to: string;
}

interface TileMapProps {
  readonly label: string;
  readonly units: readonly TileUnit[];
  /** Words at the pale and at the dark end of the shades. */
  readonly legend: readonly [string, string];
}

const SHADES = [1, 2, 3, 4, 5] as const;

/** Units on a grid where neighbours mostly touch; no outlines, equal weight for everybody. */
export function TileMap({ label, units, legend }: TileMapProps) {
  const columns = Math.max(1, ...units.map((unit) => unit.column));
  const values = units.filter((unit) => unit.isMissing !== true).map((unit) => unit.value);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const sorted = [...units].sort((a, b) => a.row - b.row || a.column - b.column);
  return (
    <>
      <ul
        aria-label={label}
        className="mx-auto grid max-w-md gap-1"
        style={{ gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
      >
        {sorted.map((unit) => (
          <li key={unit.key} style={{ gridColumn: unit.column, gridRow: unit.row }}>
            <Link
              to={unit.to}
              title={unit.label}
              className={`grid min-h-12 place-content-center rounded-md border p-1 text-center leading-tight hover:border-ink ${
                unit.isMissing === true
                  ? "border-dashed border-line-strong text-muted"
                  : "border-transparent text-(--on-shade)"
              }`}
              style={
                unit.isMissing === true
                  ? undefined
                  : { background: `var(--shade-${shadeOf(unit.value, least, most)})` }
              }
            >
              <span aria-hidden="true" className="text-sm">
                {unit.name}
              </span>
              <span aria-hidden="true" className="text-sm font-semibold">
                {unit.figure ?? unit.value}
              </span>
              <VisuallyHidden>{unit.label}</VisuallyHidden>
            </Link>
          </li>
        ))}
      </ul>
      <p
        aria-hidden="true"
        className="mt-3 flex items-center justify-center gap-1 text-xs text-muted"
      >
        {legend[0]}
        {SHADES.map((shade) => (
          <span
            key={shade}
            className="h-3 w-6 rounded-xs border border-line"
            style={{ background: `var(--shade-${shade})` }}
          />
        ))}
        {legend[1]}
      </p>
    </>
  );
}

/** One of five steps between the least and the most value. */
export function shadeOf(value: number, least: number, most: number): number {
  if (most <= least) return 1;
  return (
    1 + Math.min(SHADES.length - 1, Math.floor(((value - least) / (most - least)) * SHADES.length))
  );
}
