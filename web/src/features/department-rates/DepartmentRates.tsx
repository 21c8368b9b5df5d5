import { useQuery } from "urql";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { formatShare } from "../../i18n/share";
import { ErrorState } from "../../states/ErrorState";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { SkeletonLines } from "../../ui/Skeleton";
import { MissingReports } from "./MissingReports";

const DepartmentRatesQuery = graphql(`
  query DepartmentRatesQuery($code: ID!, $asOf: Date) {
    department(id: $code, asOf: $asOf) {
      id
      reportingRates(months: 12) {
        period
        isDue
        expected
        onTime
        late
        missingCount
        completeness
        timeliness
        missing(first: 50) {
          totalCount
          edges {
            node {
              department {
                id
                code
                shortName
              }
              task {
                id
                code
                title
              }
            }
          }
        }
      }
    }
  }
`);
type Rates = NonNullable<
  NonNullable<ResultOf<typeof DepartmentRatesQuery>["department"]>["reportingRates"]
>;
export type RateRow = Rates[number];

/** How the reports of a department, and of everything below it, came in over twelve months. */
export function DepartmentRates({ code }: { readonly code: string }) {
  const t = useMessages("orgs");
  const [{ data, error }, read] = useQuery({ query: DepartmentRatesQuery, variables: { code } });
  const all = data?.department?.reportingRates;
  if (error !== undefined && all == null) {
    return <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />;
  }
  if (data === undefined) return <SkeletonLines count={3} className="h-10" />;
  if (all == null) return null;
  const rows = all.filter((row) => row.expected > 0);
  if (rows.length === 0) return null;
  return (
    <Card title={t("rates.title")} subtitle={t("rates.subtitle")} isFlush>
      <DataTable
        label={t("rates.title")}
        columns={columnsOf(t)}
        rows={rows}
        rowKey={(row) => row.period}
      />
      <MissingReports row={rows[0]} />
    </Card>
  );
}

function columnsOf(t: ReturnType<typeof useMessages<"orgs">>): readonly Column<RateRow>[] {
  return [
    {
      key: "period",
      header: t("rates.period"),
      cell: (row) => formatPeriod(row.period),
      isRowHeader: true,
    },
    {
      key: "completeness",
      header: t("rates.completeness"),
      cell: (row) => formatShare(row.completeness),
      align: "end",
      className: "tabular-nums",
      phone: "beside",
    },
    {
      key: "timeliness",
      header: t("rates.timeliness"),
      cell: (row) => formatShare(row.timeliness),
      align: "end",
      className: "tabular-nums",
      phone: "hidden",
    },
    {
      key: "counts",
      header: t("rates.counts"),
      cell: (row) =>
        t(row.isDue ? "rates.sum" : "rates.sum.open", {
          expected: row.expected,
          onTime: row.onTime,
          late: row.late,
          missing: row.missingCount,
        }),
      align: "end",
      className: "text-sm text-muted",
    },
  ];
}
