import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { sheetsUrl } from "../../ui/urls";
import { type SheetData, SheetsQuery } from "./queries";
import { SheetState } from "./SheetState";
import type { SheetOf } from "./use-sheet-file";

/** Files at once, and the most that a page of them has. */
const STEP = 20;
const MOST = 200;

interface SheetFilesProps {
  readonly of: SheetOf | null;
  /** Changes when there are new files, which are read then. */
  readonly news: number;
}

/** The files that were taken, the newest first; of one unit and month, or all that one may see. */
export function SheetFiles({ of, news }: SheetFilesProps) {
  const t = useMessages("sheets");
  const [isAll, setIsAll] = useState(of === null);
  const [first, setFirst] = useState(STEP);
  const [{ data, error }, read] = useQuery({
    query: SheetsQuery,
    variables: { first, ...(isAll || of === null ? {} : of) },
    requestPolicy: "cache-and-network",
  });
  useEffect(() => {
    if (news > 0) read({ requestPolicy: "network-only" });
  }, [news, read]);
  const found = data?.measurementSheets;
  const rest = Math.min(found === undefined ? 0 : found.totalCount - first, MOST - first, STEP);
  return (
    <Card
      title={t("files")}
      isFlush
      className="no-print"
      actions={
        of !== null && (
          <SegmentedControl
            label={t("files.of")}
            value={isAll ? "all" : "here"}
            options={[
              { value: "here", label: t("files.here") },
              { value: "all", label: t("files.all") },
            ]}
            onChange={(value) => setIsAll(value === "all")}
          />
        )
      }
    >
      {found === undefined && error === undefined && (
        <div className="p-4">
          <SkeletonLines count={3} className="h-row" />
        </div>
      )}
      {found === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      )}
      {found?.edges.length === 0 && (
        <EmptyState title={t("files.none")}>{t("files.none.detail")}</EmptyState>
      )}
      {found !== undefined && found.edges.length > 0 && (
        <FileTable sheets={found.edges.map((edge) => edge.node)} />
      )}
      {rest > 0 && (
        <div className="border-t border-line p-3 text-center">
          <Button variant="quiet" onClick={() => setFirst(Math.min(first + STEP, MOST))}>
            {t("files.more", { count: rest })}
          </Button>
        </div>
      )}
    </Card>
  );
}

function FileTable({ sheets }: { readonly sheets: readonly SheetData[] }) {
  const t = useMessages("sheets");
  const columns: readonly Column<SheetData>[] = [
    {
      key: "file",
      header: t("files.file"),
      isRowHeader: true,
      cell: (sheet) => (
        <Link
          to={sheetsUrl({ sheet: sheet.id })}
          className="control inline-flex items-center break-all text-link hover:underline"
        >
          {sheet.fileName}
        </Link>
      ),
    },
    {
      key: "state",
      header: t("files.state"),
      phone: "beside",
      cell: (sheet) => <SheetState sheet={sheet} />,
    },
    {
      key: "place",
      header: t("files.place"),
      cell: (sheet) => `${sheet.department.shortName} ${formatPeriod(sheet.period)}`,
    },
    {
      key: "rows",
      header: t("files.rows"),
      cell: (sheet) => (
        <span className="tabular-nums">
          <span className="sm:hidden">{t("files.rows")} </span>
          {sheet.taken}
          {sheet.refused > 0 && (
            <span className="ml-2 text-sm text-warn">
              {t("files.left", { count: sheet.refused })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "by",
      header: t("files.by"),
      cell: (sheet) => `${sheet.recordedBy.displayName} ${formatDateTime(sheet.recordedAt)}`,
    },
  ];
  return (
    <DataTable label={t("files")} columns={columns} rows={sheets} rowKey={(sheet) => sheet.id} />
  );
}
