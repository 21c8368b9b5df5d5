import { useState } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { ErrorState } from "../../states/ErrorState";
import { Badge } from "../../ui/Badge";
import { Card } from "../../ui/Card";
import { Icon } from "../../ui/Icon";
import { SkeletonLines } from "../../ui/Skeleton";
import { EntryList } from "./EntryList";
import {
  type MetricDetailData,
  MetricMeasurementsQuery,
  type UnitFiguresData,
  UnitPartsQuery,
} from "./queries";
import { entriesOf } from "./entries";
import { countedMonths } from "./counted-months";

interface FigureTreeProps {
  readonly metric: MetricDetailData;
  readonly figures: NonNullable<MetricDetailData["figures"]>;
}

/** 汇总关系: the figure opened unit by unit, each with its formula, down to what was entered. */
export function FigureTree({ metric, figures }: FigureTreeProps) {
  const t = useMessages("metrics");
  return (
    <Card
      title={t("tree")}
      subtitle={t("tree.detail", { how: t(`across.${metric.treeAggregation}`) })}
      isFlush
    >
      <ul aria-label={t("tree")} className="py-1">
        <Node metric={metric} figures={figures} level={0} known={figures.parts} isFirst />
      </ul>
    </Card>
  );
}

interface NodeProps {
  readonly metric: MetricDetailData;
  readonly figures: UnitFiguresData;
  /** Steps below the root. */
  readonly level: number;
  /** The units right below, where they are at hand. */
  readonly known?: readonly UnitFiguresData[];
  /** Whether it stands open at first. */
  readonly isFirst?: boolean;
}

function Node({ metric, figures, level, known, isFirst = false }: NodeProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const [isOpen, setOpen] = useState(isFirst);
  const { verified, department, missing, waiting } = figures;
  return (
    <li>
      <button
        type="button"
        aria-expanded={isOpen}
        className="control flex min-h-9 w-full flex-wrap items-center gap-x-3 gap-y-0.5 py-1 pr-4 text-left hover:bg-sunken"
        style={{ paddingLeft: `${String(1 + level * 1.5)}rem` }}
        onClick={() => setOpen(!isOpen)}
      >
        <Icon
          name="chevronDown"
          size={14}
          className={`no-print text-muted transition-transform ${isOpen ? "" : "-rotate-90"}`}
        />
        <span className={level === 0 ? "font-semibold" : "font-medium"}>
          {department.shortName}
        </span>
        {verified === null ? (
          <span className="text-muted">{t("figure.none")}</span>
        ) : (
          <span className="tabular-nums">{quantityWords(verified, metric.unit, locale)}</span>
        )}
        {waiting > 0 && <Badge tone="info">{`${t("origin.waiting")} ${String(waiting)}`}</Badge>}
        {missing > 0 && (
          <Badge tone="warning">{t("parts.missing.count", { count: missing })}</Badge>
        )}
      </button>
      {isOpen &&
        (known === undefined ? (
          <Below metric={metric} figures={figures} level={level} />
        ) : (
          <Opened metric={metric} figures={figures} level={level} parts={known} />
        ))}
    </li>
  );
}

/** Reads what is right below a unit when it is opened. */
function Below({ metric, figures, level }: NodeProps) {
  const [{ data, error }, read] = useQuery({
    query: UnitPartsQuery,
    variables: { code: metric.code, unit: figures.department.code },
    requestPolicy: "cache-and-network",
  });
  const found = data?.metric?.figures;
  if (found != null) {
    return <Opened metric={metric} figures={figures} level={level} parts={found.parts} />;
  }
  if (error !== undefined) {
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  return (
    <div className="px-6 py-2">
      <SkeletonLines count={2} />
    </div>
  );
}

interface OpenedProps extends NodeProps {
  readonly parts: readonly UnitFiguresData[];
}

function Opened(props: OpenedProps) {
  return props.parts.length === 0 ? <OwnMonths {...props} /> : <Units {...props} />;
}

function Units({ metric, figures, level, parts }: OpenedProps) {
  return (
    <>
      <Formula level={level} text={useTreeFormula(metric, figures, parts)} />
      <ul>
        {parts.map((part) => (
          <Node key={part.department.code} metric={metric} figures={part} level={level + 1} />
        ))}
      </ul>
    </>
  );
}

/** Terms that a formula writes out. */
const MOST_TERMS = 6;

/** How the figure of a unit follows from those below it, with their figures. */
function useTreeFormula(
  metric: MetricDetailData,
  figures: UnitFiguresData,
  parts: readonly UnitFiguresData[],
): string {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const inWords = (value: string): string => quantityWords(value, metric.unit, locale);
  const said = parts.flatMap(({ verified }) => (verified === null ? [] : [verified]));
  const silent = parts.length - said.length;
  const how =
    t("tree.formula", { units: parts.length, how: t(`across.${metric.treeAggregation}`) }) +
    (silent === 0 ? "" : t("tree.silent", { count: silent }));
  if (!isAdded(metric.treeAggregation) || said.length === 0 || figures.verified === null) {
    return how;
  }
  const terms = said.slice(0, MOST_TERMS).map(inWords);
  if (said.length > MOST_TERMS) terms.push("…");
  return `${how}：${terms.join(" + ")} = ${inWords(figures.verified)}`;
}

const isAdded = (aggregation: string): boolean => aggregation === "SUM" || aggregation === "STAGE";

function Formula({ level, text }: { readonly level: number; readonly text: string }) {
  return (
    <p
      className="pr-4 pb-1 text-sm text-muted tabular-nums"
      style={{ paddingLeft: `${String(2.6 + level * 1.5)}rem` }}
    >
      {text}
    </p>
  );
}

/** The end of the tree: what the unit itself said, month by month, with every revision. */
function OwnMonths({ metric, figures, level }: NodeProps) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  const [{ data, error }, read] = useQuery({
    query: MetricMeasurementsQuery,
    variables: { code: metric.code, unit: figures.department.code, after: null },
    requestPolicy: "cache-and-network",
  });
  const page = data?.measurements;
  if (page === undefined && error !== undefined) {
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  if (page === undefined) {
    return (
      <div className="px-6 py-2">
        <SkeletonLines count={2} />
      </div>
    );
  }
  const entries = entriesOf(page.edges.map((edge) => edge.node));
  const months = countedMonths(entries);
  const formula =
    metric.timeAggregation === "SUM" && isAdded(metric.treeAggregation) && months.length > 0
      ? `${t("tree.months", { how: t("over.SUM") })}：${months
          .map(
            (one) => `${formatPeriod(one.period)} ${quantityWords(one.value, metric.unit, locale)}`,
          )
          .join(
            " + ",
          )}${figures.verified === null ? "" : ` = ${quantityWords(figures.verified, metric.unit, locale)}`}`
      : t("tree.months", { how: t(`over.${metric.timeAggregation}`) });
  return (
    <>
      <Formula level={level} text={formula} />
      <div style={{ paddingLeft: `${String(1.6 + level * 1.5)}rem` }} className="max-sm:!pl-0">
        {entries.length === 0 ? (
          <p className="px-4 py-2 text-muted">{t("entries.none")}</p>
        ) : (
          <EntryList entries={entries} unit={metric.unit} hasDepartment={false} />
        )}
      </div>
    </>
  );
}
