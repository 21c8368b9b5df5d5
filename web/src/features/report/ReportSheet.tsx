import { useMessages } from "../../i18n/messages";
import { formatDate } from "../../i18n/format";
import { useAsOfDay } from "../../ui/as-of";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { useIsPrinting } from "../../ui/use-is-printing";
import { useIsWide } from "../../ui/use-is-wide";
import type { SheetExtra } from "./extra";
import type { ReportSheetData } from "./queries";
import { SheetBar } from "./SheetBar";
import { SheetCards } from "./SheetCards";
import { SheetTable } from "./SheetTable";
import { useOpenCell } from "./use-open-cell";
import { useSheet } from "./use-sheet";

interface ReportSheetProps {
  readonly data: ReportSheetData;
  /** Who writes; what is kept in this browser is kept for this person. */
  readonly account: string;
  /** The code of the task to begin with. */
  readonly task: string | null;
  /** What is handed in together with the reports. */
  readonly extra: SheetExtra | null;
}

/** Everything that a department owes for a month, to be written and submitted. */
export function ReportSheet({ data, account, task, extra }: ReportSheetProps) {
  const t = useMessages("report");
  const isPast = useAsOfDay() !== null;
  const isPrinting = useIsPrinting();
  const isWide = useIsWide() || isPrinting;
  const sheet = useSheet(data, account);
  useOpenCell(sheet.rows, task);
  const returned = sheet.rows.filter((row) => row.report?.state === "RETURNED");
  if (sheet.rows.length === 0 && extra?.isAny !== true) {
    return <EmptyState title={t("none")}>{t("none.detail")}</EmptyState>;
  }
  return (
    <>
      {!isPast && (
        <div className="mb-3 grid gap-2 empty:hidden">
          {data.windowState === "NOT_OPEN" && (
            <Callout tone="info" title={t("notOpen", { day: formatDate(data.opensOn) })} />
          )}
          {data.windowState === "CLOSED" && (
            <Callout tone="warning" title={t("closed", { day: formatDate(data.closesOn) })}>
              {t("closed.detail")}
            </Callout>
          )}
          {returned.length > 0 && (
            <Callout tone="warning" title={t("returned", { count: returned.length })}>
              {t("returned.detail")}
            </Callout>
          )}
        </div>
      )}
      {sheet.rows.length > 0 &&
        (isWide ? (
          <Card isFlush className="print-wide">
            <SheetTable sheet={sheet} extra={extra} />
          </Card>
        ) : (
          <SheetCards key={task} sheet={sheet} task={task} extra={extra} />
        ))}
      {extra?.after}
      {(data.viewerCanWrite || extra !== null) && (
        <>
          <p className="no-print mt-2 text-sm text-muted max-md:hidden">{t("keys")}</p>
          <SheetBar data={data} sheet={sheet} extra={extra} />
        </>
      )}
    </>
  );
}
