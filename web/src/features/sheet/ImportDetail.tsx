import { formatDateTime, formatNumber } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { ErrorState } from "../../states/ErrorState";
import { useDownload } from "../../states/use-download";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Link } from "../../ui/Link";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { fileUrl, reportUrl, sheetsUrl } from "../../ui/urls";
import { ImportBar } from "./ImportBar";
import { ImportParts } from "./ImportParts";
import { ImportState } from "./ImportState";
import type { LargeImportData, LargeImportDetailData } from "./import-queries";
import { useLargeImport } from "./use-large-import";

/** One large file: how far it is, what became of its rows, what was not taken, and its receipts. */
export function ImportDetail({ id }: { readonly id: string }) {
  const t = useMessages("sheets");
  const { found, isKnown, error, read, isLost } = useLargeImport(id);
  if (found !== null) return <Detail of={found} isLost={isLost} />;
  if (error !== undefined) {
    return <ErrorState isPage error={error} onRetry={() => void read()} />;
  }
  if (!isKnown) {
    return (
      <>
        <PageHeader title={t("imports")} />
        <SkeletonLines count={4} className="h-24" />
      </>
    );
  }
  return (
    <EmptyState
      isPage
      title={t("import.absent")}
      actions={<LinkButton to={sheetsUrl()}>{t("sheet.back")}</LinkButton>}
    >
      {t("sheet.absent.detail")}
    </EmptyState>
  );
}

interface DetailProps {
  readonly of: LargeImportDetailData;
  readonly isLost: boolean;
}

function Detail({ of, isLost }: DetailProps) {
  const t = useMessages("sheets");
  const place = { department: of.department.code, period: of.period };
  return (
    <>
      <PageHeader
        title={of.fileName}
        overline={
          <Link to={sheetsUrl(place)} className="text-link hover:underline">
            ← {t("sheet.back")}
          </Link>
        }
        meta={`${of.department.name} ${formatPeriod(of.period)}`}
        actions={
          <>
            <LinkButton to={reportUrl(place)} icon="edit">
              {t("taken.toReport")}
            </LinkButton>
            <Button icon="print" onClick={() => globalThis.print()}>
              {t("receipt.print")}
            </Button>
          </>
        }
      />
      <div className="grid min-w-0 gap-4">
        <Card title={t("import.progress")} actions={<ImportState of={of} />}>
          <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
            <ImportBar of={of} />
            <Counts of={of} />
            <div role="status">
              <Standing of={of} />
            </div>
            {isLost && <p className="text-sm text-warn">{t("lost")}</p>}
            {of.refused > 0 && <Result of={of} />}
          </div>
        </Card>
        <ImportParts of={of} />
        <Card title={t("sheet.facts")}>
          <Facts of={of} />
        </Card>
      </div>
    </>
  );
}

const COUNTS = ["taken", "unchanged", "refused"] as const;
const LOOKS = { taken: "text-ok", unchanged: "text-ink", refused: "text-danger" } as const;

function Counts({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {COUNTS.map((fact) => (
        <div key={fact} className="flex items-baseline gap-2" data-count={fact}>
          <dt className="text-muted">{t(`import.count.${fact}`)}</dt>
          <dd
            className={`text-xl font-semibold tabular-nums ${of[fact] === 0 ? "text-muted" : LOOKS[fact]}`}
          >
            {formatNumber(of[fact])}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** What its state means for the reader; read out when it changes. */
function Standing({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  const rest = formatNumber(of.rows - of.rowsDone);
  switch (of.state) {
    case "WAITING":
      return <Callout tone="neutral" title={t("import.waits")} />;
    case "RUNNING":
      return <Callout tone="info" title={t("import.runs")} />;
    case "DONE":
      return of.refused > 0 ? (
        <Callout
          tone="warning"
          title={t("import.done.partly", { count: of.refused, refused: formatNumber(of.refused) })}
        />
      ) : (
        <Callout tone="ok" title={t("import.done")} />
      );
    case "STOPPED":
      return (
        <Callout tone="danger" title={of.failure?.message ?? t("import.STOPPED")}>
          {t("import.stopped.detail", { rest })}
        </Callout>
      );
  }
}

/** The workbook of the rows that were not taken, so far while it is under way. */
function Result({ of }: { readonly of: LargeImportData }) {
  const t = useMessages("sheets");
  const { isBusy, start } = useDownload();
  return (
    <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-2">
      <Button
        icon="download"
        isPending={isBusy}
        onClick={() => start(fileUrl("/sheets/result", { importId: of.id }))}
      >
        {t("errors.download")}
      </Button>
      <p className="min-w-0 flex-1 basis-60 text-sm text-muted">{t("import.result.detail")}</p>
    </div>
  );
}

function Facts({ of }: { readonly of: LargeImportDetailData }) {
  const t = useMessages("sheets");
  const facts = [
    [t("sheet.by"), of.recordedBy.displayName],
    [t("import.at"), formatDateTime(of.recordedAt)],
    [t("import.endedAt"), of.endedAt === null ? t("import.notYet") : formatDateTime(of.endedAt)],
    [t("sheet.mode"), t("mode.GOOD_ROWS")],
    [t("sheet.sha256"), of.sha256],
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
