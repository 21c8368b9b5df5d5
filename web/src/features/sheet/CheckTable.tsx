import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { Badge } from "../../ui/Badge";
import { type VirtualColumn, VirtualTable } from "../../ui/VirtualTable";
import { FindingWords } from "./FindingWords";
import { figureWords } from "./figure-words";
import type { Line } from "./lines";
import type { SheetFigureData } from "./queries";

const TONES = {
  fresh: "ok",
  changed: "info",
  unchanged: "neutral",
  refused: "danger",
} as const;

const ROW_HEIGHT = 56;

/** The rows of the file: what is said now, what would be, and what is wrong, each on its cell. */
export function CheckTable({ lines }: { readonly lines: readonly Line[] }) {
  const t = useMessages("sheets");
  const columns: readonly VirtualColumn<Line>[] = [
    {
      key: "row",
      header: t("row.number"),
      width: "4rem",
      cell: (line) => <span className="tabular-nums text-muted">{line.row}</span>,
    },
    {
      key: "metric",
      header: t("row.metric"),
      width: "minmax(12rem,1.2fr)",
      cell: (line) => <MetricWords line={line} />,
    },
    {
      key: "figures",
      header: t("row.figures"),
      width: "minmax(10rem,1fr)",
      cell: (line) => <Figures line={line} />,
    },
    {
      key: "outcome",
      header: t("row.outcome"),
      width: "6.5rem",
      cell: (line) => <Badge tone={TONES[line.kind]}>{t(`kind.${line.kind}`)}</Badge>,
    },
    {
      key: "findings",
      header: t("row.findings"),
      width: "minmax(14rem,2fr)",
      cell: (line) => <Findings line={line} />,
    },
  ];
  return (
    <VirtualTable
      label={t("rows")}
      columns={columns}
      rows={lines}
      rowKey={(line) => String(line.row)}
      rowHeight={ROW_HEIGHT}
      card={(line) => <LineCard line={line} />}
    />
  );
}

function LineCard({ line }: { readonly line: Line }) {
  const t = useMessages("sheets");
  return (
    <div className="grid gap-1">
      <p className="flex items-center justify-between gap-3 text-sm text-muted">
        {t("row.at", { row: line.row })}
        <Badge tone={TONES[line.kind]}>{t(`kind.${line.kind}`)}</Badge>
      </p>
      <MetricWords line={line} />
      <Figures line={line} />
      <Findings line={line} />
    </div>
  );
}

function MetricWords({ line }: { readonly line: Line }) {
  const t = useMessages("sheets");
  if (line.code === "") return <span className="text-muted">{t("row.nameless")}</span>;
  return (
    <div>
      <p>{line.metric?.name ?? line.code}</p>
      <p className="text-sm text-muted">
        {line.department !== null && <span className="mr-2">{line.department}</span>}
        {line.metric !== null && <span className="tabular-nums">{line.code}</span>}
      </p>
    </div>
  );
}

/** Old and new; a row that changes nothing says what stands. */
function Figures({ line }: { readonly line: Line }) {
  const t = useMessages("sheets");
  const { before, after } = line;
  if (after === null) {
    return before === null ? null : (
      <p className="text-muted tabular-nums">
        <Said said={before} line={line} />
      </p>
    );
  }
  return (
    <p className="tabular-nums">
      <span className="text-muted">
        {before === null ? t("row.missing") : <Said said={before} line={line} />}
      </span>
      <span aria-hidden="true"> → </span>
      <span className="sr-only"> {t("row.becomes")} </span>
      <strong className="font-semibold">
        <Said said={after} line={line} />
      </strong>
    </p>
  );
}

function Said({ said, line }: { readonly said: SheetFigureData; readonly line: Line }) {
  const t = useMessages("figures");
  const { locale } = usePreferences();
  const words = figureWords(said, { unit: line.metric?.unit ?? "", locale }, t);
  return said.things.length === 0 ? words : <span title={said.things.join("、")}>{words}</span>;
}

function Findings({ line }: { readonly line: Line }) {
  if (line.findings.length === 0) return null;
  return (
    <ul className="grid gap-0.5">
      {line.findings.map((one) => (
        <li key={`${one.cell ?? ""} ${one.code}`}>
          <FindingWords finding={one} />
        </li>
      ))}
    </ul>
  );
}
