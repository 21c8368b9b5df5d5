import { TileMap } from "../../charts/TileMap";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { orgsUrl } from "../../ui/urls";
import type { OverviewData } from "./query";

type Unit = OverviewData["departments"]["edges"][number]["node"];

const SHADES = [1, 2, 3, 4, 5] as const;

interface UnitCardProps {
  readonly units: readonly Unit[];
  readonly className?: string;
}

/** Municipal units on a grid, as the way to their pages. */
export function UnitCard({ units, className }: UnitCardProps) {
  const t = useMessages("overview");
  const tiles = units.flatMap((unit) =>
    unit.tile === null
      ? []
      : [
          {
            key: unit.id,
            name: placeName(unit.shortName),
            column: unit.tile.column,
            row: unit.tile.row,
            value: unit.childCount,
            label: t("map.unit", { name: unit.shortName, count: unit.childCount }),
            to: orgsUrl(unit.code),
          },
        ],
  );
  if (tiles.length === 0) return null;
  return (
    <Card
      title={t("map")}
      className={className}
      subtitle={t("map.hint")}
      actions={
        <Link
          to={orgsUrl()}
          className="control inline-flex items-center text-sm text-link hover:underline"
        >
          {t("map.table")}
        </Link>
      }
    >
      <TileMap label={t("map")} units={tiles} />
      <p
        aria-hidden="true"
        className="mt-3 flex items-center justify-center gap-1 text-xs text-muted"
      >
        {t("map.legend")}
        {SHADES.map((shade) => (
          <span
            key={shade}
            className="h-3 w-6 rounded-xs border border-line"
            style={{ background: `var(--shade-${shade})` }}
          />
        ))}
        {t("map.legend.more")}
      </p>
    </Card>
  );
}

/** 郑州市科协 → 郑州: the tile has room for the place alone. */
export function placeName(shortName: string): string {
  return shortName.replace(/(市|示范区)?(科协|科学技术协会)$/, "");
}
