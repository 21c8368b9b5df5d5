import type { ReactNode } from "react";
import { TileMap } from "../../charts/TileMap";
import { formatFigure, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import type { UnitFiguresData } from "./queries";

interface UnitPartsProps {
  readonly name: string;
  /** Measure word of the metric. */
  readonly unit: string;
  readonly parts: readonly UnitFiguresData[];
  /** Where the figures of a unit are. */
  readonly addressOf: (code: string) => string;
  /** How the target is shared out, under the title. */
  readonly shares?: ReactNode;
  readonly actions?: ReactNode;
}

/** What each unit below contributes: verified, provisional and missing apart; on the map where they have tiles. */
export function UnitParts({ name, unit, parts, addressOf, shares, actions }: UnitPartsProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const inWords = (value: string): string => quantityWords(value, unit, locale);
  const most = Math.max(0, ...parts.map((part) => Number(part.verified ?? 0)));
  const tiles = parts.flatMap((part) => {
    const { tile, code, shortName } = part.department;
    if (tile === null) return [];
    const { verified } = part;
    const said = verified === null ? t("figure.none") : inWords(verified);
    return [
      {
        key: code,
        name: shortName.replace(/市?科协$/u, ""),
        column: tile.column,
        row: tile.row,
        value: Number(verified ?? 0),
        figure: verified === null ? "—" : formatFigure(verified).text,
        isMissing: verified === null,
        label: t("parts.spoken", { unit: shortName, value: said, missing: part.missing }),
        to: addressOf(code),
      },
    ];
  });
  const hasShares = parts.some((part) => part.share !== null);
  const all: readonly (Column<UnitFiguresData> & { readonly ofShares?: boolean })[] = [
    {
      key: "unit",
      header: t("parts.unit"),
      isRowHeader: true,
      cell: ({ department }) => (
        <Link to={addressOf(department.code)} className="text-link hover:underline">
          {department.shortName}
        </Link>
      ),
    },
    {
      key: "verified",
      header: t("trend.verified"),
      align: "end",
      phone: "beside",
      cell: (part) =>
        part.verified === null ? (
          <span className="rounded border border-dashed border-line-strong px-1.5 text-sm text-muted">
            {t("figure.none")}
          </span>
        ) : (
          <span className="tabular-nums">
            {inWords(part.verified)}
            <span
              aria-hidden="true"
              className="ml-auto block h-1 bg-bar max-sm:hidden"
              style={{ width: `${most === 0 ? 0 : (Number(part.verified) / most) * 100}%` }}
            />
          </span>
        ),
    },
    {
      key: "share",
      ofShares: true,
      header: t("parts.share"),
      align: "end",
      cell: (part) =>
        part.share === null ? (
          <span className="text-muted">{t("parts.share.none")}</span>
        ) : (
          <span className="tabular-nums">
            <span className="sm:hidden">{t("parts.share")} </span>
            {inWords(part.share)}
          </span>
        ),
    },
    {
      key: "attainment",
      ofShares: true,
      header: t("parts.attainment"),
      align: "end",
      cell: (part) =>
        part.attainment !== null && (
          <span className="tabular-nums">
            <span className="sm:hidden">{t("parts.attainment")} </span>
            {formatNumber(Math.floor(Number(part.attainment) * 10) / 10)}%
          </span>
        ),
    },
    {
      key: "waiting",
      header: t("parts.waiting"),
      align: "end",
      cell: (part) =>
        part.waiting === 0 ? (
          ""
        ) : (
          <>
            <span className="sm:hidden">{t("parts.waiting")} </span>
            {t("origin.waiting.count", { count: part.waiting })}
            {part.provisional !== null && (
              <span className="block text-sm text-muted tabular-nums max-sm:hidden">
                {t("origin.provisional", { value: inWords(part.provisional) })}
              </span>
            )}
          </>
        ),
    },
    {
      key: "asked",
      header: t("parts.asked"),
      align: "end",
      cell: (part) => (
        <span className="tabular-nums">
          <span className="sm:hidden">{t("parts.asked")} </span>
          {t("parts.handedIn", { said: part.onTime + part.late, expected: part.expected })}
          {part.late > 0 && (
            <span className="block text-sm text-muted max-sm:ml-1.5 max-sm:inline">
              {t("parts.late", { count: part.late })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "missing",
      header: t("parts.missing"),
      align: "end",
      cell: (part) =>
        part.missing === 0 ? (
          ""
        ) : (
          <span className="text-warn tabular-nums">
            {t("parts.missing.count", { count: part.missing })}
          </span>
        ),
    },
  ];
  const columns = all.filter((column) => column.ofShares !== true || hasShares);
  return (
    <Card title={t("parts")} subtitle={t("parts.detail", { name })} actions={actions} isFlush>
      {shares !== undefined && <div className="border-b border-line px-4 py-2.5">{shares}</div>}
      <div
        className={tiles.length > 1 ? "grid items-start lg:grid-cols-[22rem_minmax(0,1fr)]" : ""}
      >
        {tiles.length > 1 && (
          <div className="border-line p-4 max-lg:border-b">
            <TileMap
              label={t("parts.map")}
              units={tiles}
              legend={[t("parts.map.less"), t("parts.map.more")]}
            />
          </div>
        )}
        <DataTable
          label={t("parts")}
          columns={columns}
          rows={parts}
          rowKey={(part) => part.department.code}
        />
      </div>
    </Card>
  );
}
