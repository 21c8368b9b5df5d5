import { useState } from "react";
import { formatDateTime, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { Skeleton } from "../../ui/Skeleton";
import { sheetsUrl } from "../../ui/urls";
import { ImportState } from "./ImportState";
import type { LargeImportData } from "./import-queries";
import { useLargeImports } from "./use-large-import";

/** Files at once, and the most that a page of them has. */
const STEP = 5;
const MOST = 100;

/** The large files that were taken part by part or still are, with how far each is. */
export function ImportList({ onBrought }: { readonly onBrought: () => void }) {
  const t = useMessages("sheets");
  const [first, setFirst] = useState(STEP);
  const { list, error, read, isLost } = useLargeImports(first, onBrought);
  const rest = Math.min(list === undefined ? 0 : list.totalCount - first, MOST - first, STEP);
  return (
    <Card title={t("imports")} isFlush className="no-print">
      {list === undefined && error === undefined && (
        <div className="p-4">
          <Skeleton className="h-row w-full max-w-xl" />
        </div>
      )}
      {list === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => void read()} />
      )}
      {list?.edges.length === 0 && <p className="p-4 text-muted">{t("imports.none")}</p>}
      {list !== undefined && list.edges.length > 0 && (
        <ImportTable imports={list.edges.map((edge) => edge.node)} />
      )}
      {isLost && <p className="border-t border-line px-4 py-2 text-sm text-warn">{t("lost")}</p>}
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

function ImportTable({ imports }: { readonly imports: readonly LargeImportData[] }) {
  const t = useMessages("sheets");
  const columns: readonly Column<LargeImportData>[] = [
    {
      key: "file",
      header: t("files.file"),
      isRowHeader: true,
      cell: (one) => (
        <Link
          to={sheetsUrl({ import: one.id })}
          className="control inline-flex items-center break-all text-link hover:underline"
        >
          {one.fileName}
        </Link>
      ),
    },
    {
      key: "state",
      header: t("files.state"),
      phone: "beside",
      cell: (one) => <ImportState of={one} />,
    },
    {
      key: "place",
      header: t("files.place"),
      cell: (one) => `${one.department.shortName} ${formatPeriod(one.period)}`,
    },
    {
      key: "rows",
      header: t("files.rows"),
      cell: (one) => (
        <span className="tabular-nums">
          <span className="sm:hidden">{t("files.rows")} </span>
          {formatNumber(one.taken)}
          {one.refused > 0 && (
            <span className="ml-2 text-sm text-warn">
              {t("files.left", { count: formatNumber(one.refused) })}
            </span>
          )}
        </span>
      ),
    },
    {
      key: "by",
      header: t("files.by"),
      cell: (one) => `${one.recordedBy.displayName} ${formatDateTime(one.recordedAt)}`,
    },
  ];
  return (
    <DataTable label={t("imports")} columns={columns} rows={imports} rowKey={(one) => one.id} />
  );
}
