import { CurrentFigure } from "../../charts/CurrentFigure";
import { formatDate, formatList } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { Link } from "../../ui/Link";
import { Phrases } from "../../ui/Phrases";
import { TargetText } from "../../ui/TargetText";
import { metricUrl, orgsUrl, taskUrl } from "../../ui/urls";
import type { MetricTableRow } from "./fragments";
import { groupMetrics, type MetricGroup } from "./rows";

/** Metrics by chapter: target, day, who leads, how they add up; cards on a phone. */
export function MetricTable({ rows }: { readonly rows: readonly MetricTableRow[] }) {
  const t = useMessages("metrics");
  const headers = [
    t("column.name"),
    t("column.target"),
    t("column.current"),
    t("column.by"),
    t("column.task"),
    t("column.lead"),
    t("column.basis"),
  ];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section className="overflow-x-auto" aria-label={t("table.label")} tabIndex={0}>
      <table className="w-full border-collapse text-left max-sm:block">
        <caption className="sr-only">{t("table.label")}</caption>
        <thead className="max-sm:sr-only">
          <tr>
            {headers.map((header) => (
              <th
                key={header}
                scope="col"
                className="h-10 border-b border-line px-3 text-sm font-medium whitespace-nowrap text-muted first:pl-4 last:pr-4"
              >
                {header}
              </th>
            ))}
          </tr>
        </thead>
        {groupMetrics(rows).map((group) => (
          <Group key={group.key} group={group} columns={headers.length} />
        ))}
      </table>
    </section>
  );
}

interface GroupProps {
  readonly group: MetricGroup<MetricTableRow>;
  readonly columns: number;
}

function Group({ group, columns }: GroupProps) {
  const t = useMessages("metrics");
  return (
    <tbody className="max-sm:block">
      <tr className="border-b border-line max-sm:block">
        <th
          scope="rowgroup"
          colSpan={columns}
          className="bg-sunken/60 px-4 py-2 font-semibold max-sm:block"
        >
          <span className="flex items-baseline gap-2 max-sm:justify-between">
            <span className="phrases min-w-0">
              <Phrases text={titleOf(group, t)} />
            </span>
            <span className="text-sm font-normal whitespace-nowrap text-muted">
              {t("group.count", { count: group.rows.length })}
            </span>
          </span>
        </th>
      </tr>
      {group.rows.map((row) => (
        <Row key={row.id} row={row} />
      ))}
    </tbody>
  );
}

function titleOf(
  group: MetricGroup<MetricTableRow>,
  t: ReturnType<typeof useMessages<"metrics">>,
): string {
  if (group.section !== null) return `${group.section.ordinal}、${group.section.title}`;
  if (group.kind === "KEY_TASK") return t("group.keyTasks");
  return group.kind === null ? t("group.outside") : t("group.withoutSection");
}

const CELL = "px-3 py-2.5 align-top max-sm:p-0 sm:first:pl-4 sm:last:pr-4";
const SMALL = "max-sm:text-sm max-sm:text-muted";

/** A row; on a phone a card: name, target and by when, then who, then how it adds up. */
function Row({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  return (
    <tr className="border-b border-line last:border-b-0 hover:bg-sunken/60 max-sm:grid max-sm:grid-cols-[minmax(0,1fr)_auto] max-sm:gap-x-4 max-sm:gap-y-0.5 max-sm:px-4 max-sm:py-3">
      <th
        scope="row"
        className={classNames(
          CELL,
          "min-w-52 text-left font-normal max-sm:col-span-2 max-sm:min-w-0",
        )}
      >
        <Link to={metricUrl(row.code)} className="font-medium text-link hover:underline">
          {row.name}
        </Link>
        <span className="block text-sm text-muted">
          {row.code}
          {row.phrase !== "" && row.phrase !== row.name && (
            <>
              {" · "}
              {t("phrase", { words: row.phrase })}
            </>
          )}
        </span>
        <Overlap row={row} />
      </th>
      <td className={classNames(CELL, "whitespace-nowrap")}>
        <TargetText target={row} className="font-medium" />
      </td>
      <td className={classNames(CELL, "min-w-48 max-sm:order-4 max-sm:col-span-2")}>
        {row.figures === null || row.figures.expected === 0 ? (
          <span className="text-sm text-muted">{t("current.none")}</span>
        ) : (
          <CurrentFigure target={row} figures={row.figures} />
        )}
      </td>
      <td
        className={classNames(
          CELL,
          SMALL,
          "whitespace-nowrap max-sm:self-center max-sm:text-right",
        )}
      >
        {row.by === null ? t("by.none") : formatDate(row.by)}
      </td>
      <td className={classNames(CELL, "min-w-44 max-sm:hidden")}>
        {row.task === null ? (
          t("task.none")
        ) : (
          <Link to={taskUrl(row.task.code)} className="text-link hover:underline">
            {row.task.code}
            <span className="block text-sm">{row.task.title}</span>
          </Link>
        )}
      </td>
      <td className={classNames(CELL, SMALL, "whitespace-nowrap max-sm:order-1 max-sm:col-span-2")}>
        <Lead row={row} />
      </td>
      <td
        className={classNames(CELL, SMALL, "text-sm max-sm:order-3 max-sm:col-span-2 sm:min-w-36")}
      >
        <Basis row={row} />
      </td>
    </tr>
  );
}

/** 统计口径: who reports, and how the values add up. */
function Basis({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  const parts = [
    t("reportedBy", { level: t(`level.${row.reportingLevel}`) }),
    t("over", { how: t(`over.${row.timeAggregation}`) }),
    t("across", { how: t(`across.${row.treeAggregation}`) }),
  ];
  return parts.map((part) => (
    <span key={part} className="max-sm:mr-3 sm:block">
      {part}
    </span>
  ));
}

/** Who leads, as a link; on a phone with the task, which has no column of its own there. */
function Lead({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  const { task } = row;
  return (
    <>
      {task !== null && (
        <Link to={taskUrl(task.code)} className="control mr-3 text-link hover:underline sm:hidden">
          {t("task.open", { code: task.code })}
        </Link>
      )}
      {task?.lead == null ? (
        t("lead.none")
      ) : (
        <Link to={orgsUrl(task.lead.code)} className="text-link hover:underline">
          {task.lead.shortName}
        </Link>
      )}
    </>
  );
}

/** Figures that are part of this one or the same as it: they must never be added to it. */
function Overlap({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  const codes = formatList(row.contains.map((one) => one.code));
  return (
    <>
      {row.sameAs !== null && (
        <span className="block text-sm text-info">{t("sameAs", { code: row.sameAs.code })}</span>
      )}
      {codes !== "" && <span className="block text-sm text-info">{t("contains", { codes })}</span>}
    </>
  );
}
