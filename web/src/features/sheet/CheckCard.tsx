import { useMemo, useState } from "react";
import { useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { useDownload } from "../../states/use-download";
import { Button } from "../../ui/Button";
import { Callout } from "../../ui/Callout";
import { Card } from "../../ui/Card";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { fileUrl } from "../../ui/urls";
import { CheckTable } from "./CheckTable";
import { ColumnEditor } from "./ColumnEditor";
import { FindingWords } from "./FindingWords";
import { type Counts, countsOf, linesIn, linesOf, notesOf, type View, VIEWS } from "./lines";
import type { SheetCheckData } from "./queries";
import { TakeBar } from "./TakeBar";
import type { SheetFile, SheetOf } from "./use-sheet-file";

interface CheckCardProps {
  readonly check: SheetCheckData;
  readonly sheet: SheetFile;
  readonly of: SheetOf;
  readonly unitName: string;
  readonly onStarted: (importId: string) => void;
}

/** What the file would change: how much, what is wrong with it, and row after row. */
export function CheckCard({ check, sheet, of, unitName, onStarted }: CheckCardProps) {
  const t = useMessages("sheets");
  const { isBusy, start } = useDownload();
  const [view, setView] = useState<View>("all");
  const lines = useMemo(() => linesOf(check), [check]);
  const counts = useMemo(() => countsOf(check, lines), [check, lines]);
  const shown = useMemo(() => linesIn(view, lines), [view, lines]);
  const hasFindings = check.findings.length > 0;
  const { uploadId } = sheet;
  return (
    <Card
      title={t("check")}
      subtitle={`${check.fileName} · ${unitName} ${formatPeriod(of.period)} · ${t(check.isStamped ? "stamped" : "foreign")}`}
      isFlush
      className="print-wide"
      actions={
        // The door of this workbook knows no meaning of headings but those remembered.
        hasFindings &&
        uploadId !== null &&
        sheet.columns.length === 0 && (
          <Button
            icon="download"
            size="small"
            title={t("errors.detail")}
            isPending={isBusy}
            onClick={() => start(fileUrl("/sheets/check", { ...of, uploadId }))}
          >
            {t("errors.download")}
          </Button>
        )
      }
    >
      <div className="grid grid-cols-[minmax(0,1fr)] gap-3 p-4">
        {counts.all > 0 && <Summary counts={counts} />}
        {check.isBlocked && (
          <Callout tone="danger" title={t("blocked")}>
            {t("blocked.detail")}
          </Callout>
        )}
        <Notes check={check} />
        {!check.isStamped && (
          <ColumnEditor
            key={JSON.stringify(check.columns)}
            check={check}
            chosen={sheet.columns}
            unitName={unitName}
            onMean={sheet.mean}
          />
        )}
        {lines.length > 0 && (
          <div className="no-print flex flex-wrap items-center gap-x-4 gap-y-2">
            <SegmentedControl
              label={t("view")}
              value={view}
              options={VIEWS.map((value) => ({
                value,
                label: `${t(`view.${value}`)} ${String(linesIn(value, lines).length)}`,
              }))}
              onChange={setView}
            />
            {!counts.isWhole && (
              <p className="text-sm text-muted">
                {t("capped", { shown: lines.length, all: counts.all })}
              </p>
            )}
          </div>
        )}
      </div>
      {lines.length > 0 && (
        <div className="border-t border-line">
          {shown.length === 0 ? (
            <p className="p-4 text-muted">{t("view.nothing")}</p>
          ) : (
            <CheckTable key={view} lines={shown} />
          )}
        </div>
      )}
      {!check.isBlocked && (
        <TakeBar check={check} counts={counts} sheet={sheet} of={of} onStarted={onStarted} />
      )}
    </Card>
  );
}

const FACTS = ["fresh", "changed", "unchanged", "refused", "warned"] as const;
const LOOKS = {
  fresh: "text-ok",
  changed: "text-info",
  unchanged: "text-ink",
  refused: "text-danger",
  warned: "text-warn",
} as const;

/** How many rows end how, before anything else. */
function Summary({ counts }: { readonly counts: Counts }) {
  const t = useMessages("sheets");
  const facts = FACTS.filter((fact) => counts.isWhole || fact !== "fresh");
  const nameOf = (fact: (typeof FACTS)[number]): string =>
    fact === "changed" && !counts.isWhole ? t("count.takes") : t(`count.${fact}`);
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-2">
      {facts.map((fact) => (
        <div key={fact} className="flex items-baseline gap-2" data-count={fact}>
          <dt className="text-muted">{nameOf(fact)}</dt>
          <dd
            className={`text-xl font-semibold tabular-nums ${counts[fact] === 0 ? "text-muted" : LOOKS[fact]}`}
          >
            {counts[fact]}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Findings that are listed before the workbook is told of. */
const NOTES_MOST = 12;

/** What is to be said about the file and its headings. */
function Notes({ check }: { readonly check: SheetCheckData }) {
  const t = useMessages("sheets");
  const notes = useMemo(() => notesOf(check), [check]);
  if (notes.length === 0) return null;
  return (
    <section
      aria-label={t("notes")}
      className="rounded-md border border-line bg-sunken/50 px-3 py-2"
    >
      <h3 className="text-sm font-medium text-muted">{t("notes")}</h3>
      <ul className="mt-1 grid gap-1">
        {notes.slice(0, NOTES_MOST).map((one) => (
          <li key={`${one.cell ?? ""} ${one.code} ${one.message}`}>
            <FindingWords finding={one} />
          </li>
        ))}
      </ul>
      {notes.length > NOTES_MOST && (
        <p className="mt-1 text-sm text-muted">
          {t("notes.more", { count: notes.length - NOTES_MOST })}
        </p>
      )}
    </section>
  );
}
