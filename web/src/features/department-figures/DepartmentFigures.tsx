import { useQuery } from "urql";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { SkeletonLines } from "../../ui/Skeleton";
import { metricUrl } from "../../ui/urls";

const DepartmentFiguresQuery = graphql(`
  query DepartmentFiguresQuery($code: ID!, $asOf: Date) {
    plans(first: 1, state: ISSUED, asOf: $asOf) {
      edges {
        node {
          id
          metrics(first: 50) {
            edges {
              node {
                id
                code
                name
                unit
                figures(department: $code) {
                  verified
                  share
                  attainment
                  expected
                  missing
                  until
                }
              }
            }
          }
        }
      }
    }
  }
`);
type Metric = ResultOf<
  typeof DepartmentFiguresQuery
>["plans"]["edges"][number]["node"]["metrics"]["edges"][number]["node"];
type Row = Metric & { readonly figures: NonNullable<Metric["figures"]> };

/** Metrics that a unit, with everything below it, is asked for: verified, its share, what is missing. */
export function DepartmentFigures({ code }: { readonly code: string }) {
  const t = useMessages("orgs");
  const { locale } = usePreferences();
  const [{ data, error }, read] = useQuery({ query: DepartmentFiguresQuery, variables: { code } });
  if (error !== undefined && data === undefined) {
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  if (data === undefined) return <SkeletonLines count={3} className="h-10" />;
  const rows = data.plans.edges.flatMap(({ node }) =>
    node.metrics.edges.flatMap((edge) => (isAsked(edge.node) ? [edge.node] : [])),
  );
  const until = rows[0]?.figures.until;
  if (until === undefined) return null;
  return (
    <Card
      title={t("figures.title")}
      subtitle={t("figures.subtitle", { month: formatPeriod(until) })}
      isFlush
    >
      <DataTable
        label={t("figures.title")}
        columns={columnsOf(t, code, locale)}
        rows={rows}
        rowKey={(row) => row.code}
      />
    </Card>
  );
}

function isAsked(metric: Metric): metric is Row {
  return metric.figures !== null && metric.figures.expected > 0;
}

function columnsOf(
  t: ReturnType<typeof useMessages<"orgs">>,
  code: string,
  locale: string,
): readonly Column<Row>[] {
  const hint = (words: string) => <span className="sm:hidden">{words} </span>;
  return [
    {
      key: "metric",
      header: t("figures.metric"),
      isRowHeader: true,
      cell: (row) => (
        <Link
          to={`${metricUrl(row.code)}?unit=${encodeURIComponent(code)}`}
          className="text-link hover:underline"
        >
          {row.name}
        </Link>
      ),
    },
    {
      key: "verified",
      header: t("figures.verified"),
      align: "end",
      phone: "beside",
      className: "tabular-nums",
      cell: ({ figures, unit }) =>
        figures.verified === null ? (
          <span className="text-muted">{t("figures.silent")}</span>
        ) : (
          quantityWords(figures.verified, unit, locale)
        ),
    },
    {
      key: "share",
      header: t("figures.share"),
      align: "end",
      className: "tabular-nums",
      cell: ({ figures, unit }) =>
        figures.share !== null && (
          <>
            {hint(t("figures.share"))}
            {quantityWords(figures.share, unit, locale)}
            {figures.attainment !== null && (
              <span className="ml-2 text-sm text-muted">
                {formatNumber(Math.floor(Number(figures.attainment) * 10) / 10)}%
              </span>
            )}
          </>
        ),
    },
    {
      key: "missing",
      header: t("figures.missing"),
      align: "end",
      className: "tabular-nums",
      cell: ({ figures }) =>
        figures.missing > 0 && (
          <span className="text-warn">
            {hint(t("figures.missing"))}
            {`${String(figures.missing)} / ${String(figures.expected)}`}
          </span>
        ),
    },
  ];
}
