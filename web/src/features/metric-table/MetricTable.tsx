import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { classNames } from "../../ui/class-names";
import { Link } from "../../ui/Link";
import { TargetText } from "../../ui/TargetText";
import { orgsUrl, taskUrl } from "../../ui/urls";
import type { MetricTableRow } from "./fragments";
import { groupMetrics, type MetricGroup } from "./rows";

/** Metrics by chapter: target, day, who leads, how they add up; cards on a phone. */
export function MetricTable({ rows }: { readonly rows: readonly MetricTableRow[] }) {
  const t = useMessages("metrics");
  const headers = [
    t("column.code"),
    t("column.name"),
    t("column.target"),
    t("column.unit"),
    t("column.current"),
    t("column.by"),
    t("column.task"),
    t("column.lead"),
    t("column.aggregation"),
    t("column.level"),
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
                className="h-10 border-b border-line px-3 text-sm font-medium whitespace-nowrap text-muted"
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
      <tr className="max-sm:block">
        <th
          scope="rowgroup"
          colSpan={columns}
          className="bg-sunken px-3 py-2 text-sm font-semibold max-sm:block"
        >
          {titleOf(group, t)}
          <span className="ml-2 font-normal text-muted">
            {t("group.count", { count: group.rows.length })}
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

const CELL =
  "px-3 py-2 align-top max-sm:flex max-sm:justify-between max-sm:gap-4 max-sm:py-1 max-sm:text-right";

function Row({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  return (
    <tr className="border-b border-line last:border-b-0 hover:bg-sunken/60 max-sm:block max-sm:py-2">
      <Cell header={t("column.code")} className="whitespace-nowrap text-muted">
        {row.code}
      </Cell>
      <th scope="row" className="min-w-52 px-3 py-2 align-top font-normal max-sm:block">
        <span className="font-medium">{row.name}</span>
        {row.phrase !== "" && row.phrase !== row.name && (
          <span className="block text-sm text-muted">{t("phrase", { words: row.phrase })}</span>
        )}
        <Overlap row={row} />
      </th>
      <Cell header={t("column.target")} className="whitespace-nowrap">
        <TargetText target={row} className="font-medium" />
      </Cell>
      <Cell header={t("column.unit")} className="max-sm:hidden">
        {row.unit}
      </Cell>
      <Cell header={t("column.current")} className="whitespace-nowrap text-muted">
        {t("current.none")}
      </Cell>
      <Cell header={t("column.by")} className="whitespace-nowrap">
        {row.by === null ? t("by.none") : formatDate(row.by)}
      </Cell>
      <Cell header={t("column.task")} className="min-w-44">
        {row.task === null ? (
          t("task.none")
        ) : (
          <Link to={taskUrl(row.task.code)} className="text-link hover:underline">
            {row.task.code}
            <span className="block text-sm">{row.task.title}</span>
          </Link>
        )}
      </Cell>
      <Cell header={t("column.lead")} className="whitespace-nowrap">
        {row.task?.lead == null ? (
          t("lead.none")
        ) : (
          <Link to={orgsUrl(row.task.lead.code)} className="text-link hover:underline">
            {row.task.lead.shortName}
          </Link>
        )}
      </Cell>
      <Cell header={t("column.aggregation")} className="whitespace-nowrap text-sm">
        <span>
          <span className="block">{t("over", { how: t(`over.${row.timeAggregation}`) })}</span>
          <span className="block">{t("across", { how: t(`across.${row.treeAggregation}`) })}</span>
        </span>
      </Cell>
      <Cell header={t("column.level")} className="whitespace-nowrap">
        {t(`level.${row.reportingLevel}`)}
      </Cell>
    </tr>
  );
}

interface CellProps {
  readonly header: string;
  readonly className?: string;
  readonly children: React.ReactNode;
}

/** A cell; on a phone its column's name stands before it. */
function Cell({ header, className, children }: CellProps) {
  return (
    <td className={classNames(CELL, className)}>
      <span aria-hidden="true" className="shrink-0 text-sm text-muted sm:hidden">
        {header}
      </span>
      <span className="min-w-0">{children}</span>
    </td>
  );
}

/** Figures that are part of this one or the same as it: they must never be added to it. */
function Overlap({ row }: { readonly row: MetricTableRow }) {
  const t = useMessages("metrics");
  const codes = row.contains.map((one) => one.code).join("、");
  return (
    <>
      {row.sameAs !== null && (
        <span className="block text-sm text-info">{t("sameAs", { code: row.sameAs.code })}</span>
      )}
      {codes !== "" && <span className="block text-sm text-info">{t("contains", { codes })}</span>}
    </>
  );
}
