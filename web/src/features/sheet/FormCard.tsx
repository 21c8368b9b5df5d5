import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { FORMATS, type Format } from "../../states/DownloadMenu";
import { useDownload } from "../../states/use-download";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { fileUrl } from "../../ui/urls";
import type { SheetUnit } from "./units";
import type { SheetOf } from "./use-sheet-file";

interface FormCardProps {
  readonly of: SheetOf;
  readonly unit: SheetUnit;
}

/** The form of the unit and month, as a workbook or as text. */
export function FormCard({ of, unit }: FormCardProps) {
  const t = useMessages("sheets");
  const { isBusy, start } = useDownload();
  const addressOf = (format: Format): string => fileUrl("/sheets/form", { ...of, format });
  return (
    <Card title={t("form")} className="no-print">
      <p className="mb-3 max-w-3xl">
        {t("form.detail", {
          unit: unit.hasBelow ? t("unit.below", { name: unit.name }) : unit.name,
          month: formatPeriod(of.period),
        })}
      </p>
      <div className="flex flex-wrap gap-2">
        {FORMATS.map((format) => (
          <Button
            key={format}
            icon="download"
            variant={format === "xlsx" ? "secondary" : "quiet"}
            isPending={isBusy}
            onClick={() => start(addressOf(format))}
          >
            {t(`form.${format}`)}
          </Button>
        ))}
      </div>
    </Card>
  );
}
