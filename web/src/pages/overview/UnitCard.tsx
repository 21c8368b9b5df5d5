import { TileMap } from "../../charts/TileMap";
import { placeName } from "../../features/department-tree/place-name";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { Link } from "../../ui/Link";
import { orgsUrl } from "../../ui/urls";
import type { OverviewData } from "./query";

type Unit = OverviewData["departments"]["edges"][number]["node"];

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
      <TileMap label={t("map")} units={tiles} legend={[t("map.legend"), t("map.legend.more")]} />
    </Card>
  );
}
