import { useState } from "react";
import { useQuery } from "urql";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { ErrorState } from "../../states/ErrorState";
import { useDownload } from "../../states/use-download";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { type Column, DataTable } from "../../ui/DataTable";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { fileUrl, metricUrl, reportUrl, sheetsUrl } from "../../ui/urls";
import { figureWords } from "./figure-words";
import { type SheetDetailData, SheetQuery } from "./queries";
import { ReceiptPaper } from "./ReceiptPaper";
import { SheetState } from "./SheetState";
import { UndoDialog } from "./UndoDialog";

interface SheetDetailProps {
  readonly id: string;
  /** The large file whose part it is, where the reader comes from there. */
  readonly importId: string | null;
}

/** One file that was taken: its receipt, what it brought, and taking it back. */
export function SheetDetail({ id, importId }: SheetDetailProps) {
  const t = useMessages("sheets");
  const [{ data, error }, read] = useQuery({
    query: SheetQuery,
    variables: { id },
    requestPolicy: "cache-and-network",
  });
  const sheet = data?.measurementSheet;
  if (error !== undefined && sheet == null) {
    return (
      <ErrorState isPage error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
    );
  }
  if (data === undefined) {
    return (
      <>
        <PageHeader title={t("title")} />
        <SkeletonLines count={6} className="h-16" />
      </>
    );
  }
  if (sheet == null) {
    return (
      <EmptyState
        isPage
        title={t("sheet.absent")}
        actions={<LinkButton to={sheetsUrl()}>{t("sheet.back")}</LinkButton>}
      >
        {t("sheet.absent.detail")}
      </EmptyState>
    );
  }
  const again = (): void => read({ requestPolicy: "network-only" });
  return <Detail sheet={sheet} importId={importId} onChanged={again} />;
}

interface DetailProps {
  readonly sheet: SheetDetailData;
  readonly importId: string | null;
  readonly onChanged: () => void;
}

function Detail({ sheet, importId, onChanged }: DetailProps) {
  const t = useMessages("sheets");
  const { isBusy, start } = useDownload();
  const [isAsking, setIsAsking] = useState(false);
  const place = { department: sheet.department.code, period: sheet.period };
  return (
    <>
      <PageHeader
        title={sheet.fileName}
        overline={
          <Link
            to={sheetsUrl(importId === null ? place : { import: importId })}
            className="text-link hover:underline"
          >
            ← {t(importId === null ? "sheet.back" : "imports")}
          </Link>
        }
        meta={`${sheet.department.name} ${formatPeriod(sheet.period)}`}
        actions={
          <>
            <LinkButton to={reportUrl(place)} icon="edit">
              {t("toReport")}
            </LinkButton>
            {sheet.refused > 0 && (
              <Button
                icon="download"
                isPending={isBusy}
                onClick={() => start(fileUrl("/sheets/errors", { sheetId: sheet.id }))}
              >
                {t("errors.download")}
              </Button>
            )}
            {sheet.viewerCanUndo && (
              <Button variant="danger" onClick={() => setIsAsking(true)}>
                {t("undo")}
              </Button>
            )}
          </>
        }
      />
      <div className="grid min-w-0 gap-4">
        {sheet.undoneAt !== null && (
          <Callout
            tone="warning"
            title={t("undo.byWhom", {
              who: sheet.undoneBy?.displayName ?? "",
              at: formatDateTime(sheet.undoneAt),
              reason: sheet.undoneReason ?? "",
            })}
          />
        )}
        {sheet.undoneAt === null && sheet.measurements.some((one) => one.state === "VERIFIED") && (
          <Callout tone="neutral" title={t("undo.verified")}>
            {t("undo.verified.detail")}
          </Callout>
        )}
        <Card title={t("sheet.facts")} actions={<SheetState sheet={sheet} />}>
          <Facts sheet={sheet} />
        </Card>
        <Card>
          <ReceiptPaper receipt={sheet.receipt} />
        </Card>
        <Card
          title={t("sheet.brought")}
          isFlush
          {...(sheet.measurements.length < sheet.taken && sheet.measurements.length > 0
            ? { subtitle: t("sheet.brought.first") }
            : {})}
        >
          {sheet.measurements.length === 0 ? (
            <EmptyState title={t("sheet.brought.none")} />
          ) : (
            <Brought sheet={sheet} />
          )}
        </Card>
      </div>
      {isAsking && (
        <UndoDialog
          sheet={sheet}
          onClose={() => setIsAsking(false)}
          onUndone={() => {
            setIsAsking(false);
            onChanged();
          }}
        />
      )}
    </>
  );
}

function Facts({ sheet }: { readonly sheet: SheetDetailData }) {
  const t = useMessages("sheets");
  const { taken, unchanged, refused } = sheet;
  const facts = [
    [t("sheet.by"), sheet.recordedBy.displayName],
    [t("sheet.at"), formatDateTime(sheet.recordedAt)],
    [t("sheet.counts"), t("sheet.counts.words", { taken, unchanged, refused })],
    [t("sheet.mode"), t(`mode.${sheet.mode}`)],
    [t("sheet.sha256"), sheet.sha256],
  ] as const;
  return (
    <dl className="grid grid-cols-[7rem_minmax(0,1fr)] gap-x-4 gap-y-2 max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted max-sm:mt-1.5 max-sm:text-sm">{name}</dt>
          <dd className="break-all tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Brought = SheetDetailData["measurements"][number];

const TONES = {
  DRAFT: "neutral",
  SUBMITTED: "info",
  VERIFIED: "ok",
  REJECTED: "warning",
  WITHDRAWN: "neutral",
} as const;

/** The revisions that the file brought, as they stand now. */
function Brought({ sheet }: { readonly sheet: SheetDetailData }) {
  const t = useMessages("sheets");
  const words = useMessages("figures");
  const { locale } = usePreferences();
  const columns: readonly Column<Brought>[] = [
    {
      key: "metric",
      header: t("sheet.metric"),
      isRowHeader: true,
      cell: ({ metric }) => (
        <Link
          to={metricUrl(metric.code)}
          className="control inline-flex flex-wrap items-center gap-x-2 text-ink hover:underline"
        >
          {metric.name}
          <span className="text-sm text-muted tabular-nums">{metric.code}</span>
        </Link>
      ),
    },
    {
      key: "state",
      header: t("sheet.state"),
      phone: "beside",
      cell: ({ state }) => <Badge tone={TONES[state]}>{words(`state.${state}`)}</Badge>,
    },
    {
      key: "unit",
      header: t("sheet.unit"),
      cell: ({ department }) => department.shortName,
    },
    {
      key: "value",
      header: t("sheet.value"),
      className: "tabular-nums",
      cell: (one) => (
        <span title={one.things.join("、")}>
          {figureWords(one, { unit: one.metric.unit, locale }, words)}
        </span>
      ),
    },
  ];
  return (
    <DataTable
      label={t("sheet.brought")}
      columns={columns}
      rows={sheet.measurements}
      rowKey={(one) => one.id}
    />
  );
}
