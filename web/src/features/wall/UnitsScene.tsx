import { formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import type { WallUnitsData } from "./queries";
import { type WallUnit, wallUnits } from "./units";

interface UnitsSceneProps {
  readonly data: WallUnitsData;
  /** Names of the metrics it is about. */
  readonly metrics: readonly string[];
}

/** Whose figures of the month are in, and who is missing, on the map of units. */
export function UnitsScene({ data, metrics }: UnitsSceneProps) {
  const t = useMessages("wall");
  const units = wallUnits(data);
  const missing = units.filter((unit) => unit.missing > 0);
  const sum = (of: "expected" | "missing"): number =>
    units.reduce((total, unit) => total + unit[of], 0);
  const tiled = units.filter((unit) => unit.tile !== null);
  const shown = tiled.length > 0 ? tiled : units.slice(0, 30);
  const columns = Math.max(6, ...tiled.map((unit) => unit.tile?.column ?? 0));
  return (
    <div className="grid h-full min-h-0 grid-cols-[minmax(0,8fr)_minmax(0,5fr)] gap-10">
      <ul
        aria-label={t("units")}
        className="grid min-h-0 auto-rows-fr gap-3"
        style={{
          gridTemplateColumns: `repeat(${String(tiled.length > 0 ? Math.max(...tiled.map((unit) => unit.tile?.column ?? 0)) : columns)}, minmax(0, 1fr))`,
        }}
      >
        {shown.map((unit) => (
          <Tile key={unit.code} unit={unit} />
        ))}
      </ul>
      <div className="flex min-h-0 flex-col gap-5 overflow-hidden">
        <p className="text-xl leading-snug font-semibold">
          {t("units.month", { month: formatPeriod(data.period) })}
        </p>
        <p className="leading-none">
          <span className="text-6xl font-semibold tabular-nums">
            {sum("expected") - sum("missing")}
          </span>
          <span className="text-xl text-muted tabular-nums"> / {sum("expected")}</span>
        </p>
        <p className="text-lg">
          {missing.length === 0
            ? t("units.all")
            : t("units.missing", { units: missing.length, count: sum("missing") })}
        </p>
        <p className="mt-auto text-muted">
          {t("units.about", { metrics: formatList(metrics.slice(0, 4)) })}
        </p>
      </div>
    </div>
  );
}

/** A unit: in full, or what is missing in a dashed frame. */
function Tile({ unit }: { readonly unit: WallUnit }) {
  const t = useMessages("wall");
  const isMissing = unit.missing > 0;
  const place = unit.tile === null ? {} : { gridColumn: unit.tile.column, gridRow: unit.tile.row };
  return (
    <li
      style={place}
      className={`grid min-h-0 content-center justify-items-center overflow-hidden rounded-card border-2 text-center leading-tight ${
        isMissing ? "border-dashed border-warn bg-warn-soft" : "border-ok bg-ok-soft"
      }`}
    >
      <span className="text-lg font-semibold">{unit.name}</span>
      <span className={isMissing ? "text-warn" : "text-ok"}>
        {isMissing ? t("units.tile", { count: unit.missing }) : `✓ ${t("units.tile.all")}`}
      </span>
    </li>
  );
}
