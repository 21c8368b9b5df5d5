import { TileMap } from "../../charts/TileMap";
import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Card } from "../../ui/Card";
import { orgsUrl } from "../../ui/urls";
import type { DepartmentRow } from "./fragments";
import { placeName } from "./place-name";
import { countBelow, type Tree } from "./tree";

/** Kinds in the order of the register, the greatest bodies first. */
const KINDS = [
  "HQ_DEPARTMENT",
  "AFFILIATED_INSTITUTION",
  "MUNICIPAL_ASSOCIATION",
  "COUNTY_ASSOCIATION",
  "PROVINCIAL_SOCIETY",
  "UNIVERSITY_ASSOCIATION",
  "ENTERPRISE_ASSOCIATION",
  "HOSPITAL_ASSOCIATION",
  "INSTITUTE_ASSOCIATION",
  "SUPERIOR",
  "PARTNER",
] as const;

interface RegisterOverviewProps {
  readonly tree: Tree<DepartmentRow>;
  readonly departments: readonly DepartmentRow[];
}

/** Before a department is chosen: how many there are of each kind, and the cities as a map. */
export function RegisterOverview({ tree, departments }: RegisterOverviewProps) {
  const t = useMessages("orgs");
  const counts = KINDS.map((kind) => ({
    kind,
    count: departments.filter((one) => one.kind === kind).length,
  })).filter((one) => one.count > 0);
  const tiles = departments.flatMap((unit) => {
    if (unit.tile === null) return [];
    const value = countBelow(tree, unit.id, "COUNTY_ASSOCIATION");
    return [
      {
        key: unit.id,
        name: placeName(unit.shortName),
        column: unit.tile.column,
        row: unit.tile.row,
        value,
        label: t("map.unit", { name: unit.shortName, count: value }),
        to: orgsUrl(unit.code),
      },
    ];
  });
  return (
    <div className="grid gap-4">
      <Card title={t("overview.title")} subtitle={t("detail.choose.detail")}>
        <dl className="flex flex-wrap gap-x-10 gap-y-4">
          {counts.map(({ kind, count }) => (
            <div key={kind} className="flex flex-col-reverse">
              <dt className="text-sm text-muted">{t(`kind.${kind}`)}</dt>
              <dd className="m-0 text-xl leading-tight font-semibold">{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      </Card>
      {tiles.length > 0 && (
        <Card title={t("map")} subtitle={t("map.hint")}>
          <TileMap
            label={t("map")}
            units={tiles}
            legend={[t("map.legend.least"), t("map.legend.most")]}
          />
        </Card>
      )}
    </div>
  );
}
