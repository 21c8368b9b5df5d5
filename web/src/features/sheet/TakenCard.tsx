import { useMessages } from "../../i18n/messages";
import { useDownload } from "../../states/use-download";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { LinkButton } from "../../ui/LinkButton";
import { fileUrl, reportUrl, sheetsUrl } from "../../ui/urls";
import type { TakenSheetData } from "./queries";
import { ReceiptPaper } from "./ReceiptPaper";

interface TakenCardProps {
  readonly sheet: TakenSheetData;
  readonly onAgain: () => void;
}

/** It is stored: how much, the receipt, and what comes next. */
export function TakenCard({ sheet, onAgain }: TakenCardProps) {
  const t = useMessages("sheets");
  const { isBusy, start } = useDownload();
  const { taken, unchanged, refused } = sheet;
  return (
    <Card title={t("taken.title")}>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <div role="status" className="no-print">
          <Callout
            tone={refused > 0 ? "warning" : "ok"}
            title={t("taken", { count: taken, taken })}
          >
            {(unchanged > 0 || refused > 0) && t("taken.rest", { unchanged, refused })}
          </Callout>
        </div>
        <div className="no-print flex flex-wrap gap-2">
          <LinkButton to={sheetsUrl({ sheet: sheet.id })} icon="document">
            {t("taken.open")}
          </LinkButton>
          {refused > 0 && (
            <Button
              icon="download"
              isPending={isBusy}
              onClick={() => start(fileUrl("/sheets/errors", { sheetId: sheet.id }))}
            >
              {t("errors.download")}
            </Button>
          )}
          <LinkButton
            to={reportUrl({ department: sheet.department.code, period: sheet.period })}
            icon="edit"
          >
            {t("taken.toReport")}
          </LinkButton>
          <Button icon="upload" onClick={onAgain}>
            {t("again")}
          </Button>
        </div>
        <ReceiptPaper receipt={sheet.receipt} />
      </div>
    </Card>
  );
}
