import { type Translate, useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { useDownload } from "../../states/use-download";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { FileDrop } from "../../ui/FileDrop";
import { fileUrl } from "../../ui/urls";
import { LargeOffer, TOO_LONG } from "./LargeOffer";
import type { SheetCheckData, SheetRefusalData } from "./queries";
import type { SheetFile, SheetOf } from "./use-sheet-file";

export interface UploadCardProps {
  readonly sheet: SheetFile;
  readonly of: SheetOf;
  /** Looks at another unit or month. */
  readonly onMove: (to: { readonly department?: string; readonly period?: string }) => void;
  /** The file is taken part by part from now on. */
  readonly onStarted: (importId: string) => void;
}

/** Where the filled form goes in; says how it stands, and what helps where it does not. */
export function UploadCard({ sheet, of, onMove, onStarted }: UploadCardProps) {
  const t = useMessages("sheets");
  const { state } = sheet;
  const isBusy = state.kind === "sending" || state.kind === "checking";
  return (
    <Card title={t("upload")} className="no-print">
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
        <FileDrop
          words={{
            drop: t("drop"),
            choose: t("choose.file"),
            chooseOther: t("choose.other"),
            hint: t("file.hint"),
          }}
          accept=".xlsx,.csv,.txt"
          file={sheet.file}
          isBusy={isBusy || sheet.isTaking}
          isSmall={state.kind === "checked" || state.kind === "taken" || isTooLong(sheet)}
          onChoose={sheet.choose}
        />
        <p role="status" aria-busy={isBusy} className="text-muted empty:hidden">
          {state.kind === "sending" && t("sending")}
          {state.kind === "checking" && t("checking")}
          {state.kind === "checked" && doneWords(state.check, t)}
        </p>
        {state.kind === "failed" && (
          <Callout tone="danger" title={t("failed")}>
            <p className="mb-2">{t("failed.detail")}</p>
            <Button size="small" onClick={sheet.retry}>
              {t("retry")}
            </Button>
          </Callout>
        )}
        {state.kind === "refused" &&
          state.errors.map((error) => (
            <Refusal
              key={error.code}
              error={error}
              sheet={sheet}
              of={of}
              onMove={onMove}
              onStarted={onStarted}
            />
          ))}
      </div>
    </Card>
  );
}

const isTooLong = ({ state }: SheetFile): boolean =>
  state.kind === "refused" && state.errors.some((error) => error.code === TOO_LONG);

/** That it was tried, and how much of it cannot be taken; read out, as what stands below is not. */
function doneWords(check: SheetCheckData, t: Translate<"sheets">): string {
  const all = check.changed + check.unchanged + check.refused;
  const done = t("check.done", { all, count: all });
  return check.refused === 0 ? done : `${done}${t("check.done.refused", { count: check.refused })}`;
}

/** Refusals that another form of this very unit and month mends. */
const FORM_HELPS = /^SHEET_(STAMP_|PLAN_CHANGED)/u;

interface RefusalProps extends UploadCardProps {
  readonly error: SheetRefusalData;
}

/** Why the file was not read, with the one thing that mends it where there is one. */
function Refusal({ error, sheet, of, onMove, onStarted }: RefusalProps) {
  const t = useMessages("sheets");
  const { start } = useDownload();
  const figure = (name: string): string | undefined =>
    error.figures.find((one) => one.name === name)?.value;
  const unit = error.code === "SHEET_OTHER_UNIT" ? figure("unit") : undefined;
  const period = error.code === "SHEET_OTHER_PERIOD" ? figure("period") : undefined;
  if (error.code === TOO_LONG) {
    const [rows, most] = [figure("rows"), figure("most")];
    return <LargeOffer sheet={sheet} of={of} rows={rows} most={most} onStarted={onStarted} />;
  }
  const message = error.code === "DOCUMENT_TOO_LARGE" && error.message === "";
  return (
    <Callout
      tone="danger"
      title={message ? t("refused.DOCUMENT_TOO_LARGE") : error.message || t("refused")}
    >
      <p className="mt-1 flex flex-wrap gap-2">
        {unit !== undefined && (
          <Button size="small" onClick={() => onMove({ department: unit })}>
            {t("refused.toUnit", { code: unit })}
          </Button>
        )}
        {period !== undefined && (
          <Button size="small" onClick={() => onMove({ period })}>
            {t("refused.toMonth", { month: formatPeriod(period) })}
          </Button>
        )}
        {FORM_HELPS.test(error.code) && (
          <Button
            size="small"
            icon="download"
            onClick={() => start(fileUrl("/sheets/form", { ...of }))}
          >
            {t("refused.form")}
          </Button>
        )}
        <Button size="small" variant="quiet" onClick={sheet.retry}>
          {t("retry")}
        </Button>
      </p>
    </Callout>
  );
}
