import { useEffect, useState } from "react";
import { useQuery } from "urql";
import { formatDateTime, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { Link } from "../../ui/Link";
import { Skeleton } from "../../ui/Skeleton";
import { sheetsUrl } from "../../ui/urls";
import { isUnderWay } from "./import-progress";
import { type ImportPartData, ImportPartsQuery, type LargeImportData } from "./import-queries";

/** Parts at once; 200,000 rows are 40. */
const STEP = 50;
const MOST = 200;

/** A part with its place in the file. */
interface Part extends ImportPartData {
  readonly number: number;
}

/** The parts that brought figures, first to last: each with a receipt of its own, and to be taken back by itself. */
export function ImportParts({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  const [first, setFirst] = useState(STEP);
  const [{ data, error }, read] = useQuery({
    query: ImportPartsQuery,
    variables: { import: of.id, first },
    requestPolicy: "cache-and-network",
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each step forward may have brought parts
  useEffect(() => {
    read({ requestPolicy: "network-only" });
  }, [of.rowsDone, read]);
  const found = data?.measurementSheets;
  const rest = Math.min(found === undefined ? 0 : found.totalCount - first, MOST - first, STEP);
  return (
    <Card title={t("parts")} subtitle={t("parts.detail")} isFlush>
      {found === undefined && error === undefined && (
        <div className="p-4">
          <Skeleton className="h-row w-full max-w-xl" />
        </div>
      )}
      {found === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      )}
      {found?.edges.length === 0 && (
        <p className="p-4 text-muted">{t(isUnderWay(of) ? "parts.notYet" : "parts.none")}</p>
      )}
      {found !== undefined && found.edges.length > 0 && (
        <PartTable parts={numbered(found)} importId={of.id} />
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

interface Found {
  readonly totalCount: number;
  readonly edges: readonly { readonly node: ImportPartData }[];
}

/** They come the newest first, and are numbered and shown as the file has them. */
function numbered({ totalCount, edges }: Found): readonly Part[] {
  return edges.map(({ node }, place) => ({ ...node, number: totalCount - place })).reverse();
}

interface PartTableProps {
  readonly parts: readonly Part[];
  readonly importId: string;
}

function PartTable({ parts, importId }: PartTableProps) {
  const t = useMessages("sheets");
  const columns: readonly Column<Part>[] = [
    {
      key: "number",
      header: t("receipt"),
      isRowHeader: true,
      cell: (part) => (
        <Link
          to={sheetsUrl({ sheet: part.id, import: importId })}
          className="control inline-flex items-center text-link hover:underline"
        >
          {t("parts.number", { number: part.number })}
        </Link>
      ),
    },
    {
      key: "state",
      header: t("files.state"),
      phone: "beside",
      cell: (part) =>
        part.undoneAt === null ? (
          <Badge tone="ok">{t("state.taken")}</Badge>
        ) : (
          <Badge>{t("state.undone")}</Badge>
        ),
    },
    {
      key: "taken",
      header: t("files.rows"),
      cell: (part) => (
        <span className="tabular-nums">
          <span className="sm:hidden">{t("files.rows")} </span>
          {formatNumber(part.taken)}
        </span>
      ),
    },
    {
      key: "at",
      header: t("sheet.at"),
      cell: (part) => formatDateTime(part.recordedAt),
    },
  ];
  return <DataTable label={t("parts")} columns={columns} rows={parts} rowKey={(one) => one.id} />;
}
