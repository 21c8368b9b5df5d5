import { useCallback, useState } from "react";
import { useQuery } from "urql";
import { CheckCard } from "../../features/sheet/CheckCard";
import { useForgetting } from "../../features/sheet/figures-news";
import { FormCard } from "../../features/sheet/FormCard";
import { ImportDetail } from "../../features/sheet/ImportDetail";
import { ImportList } from "../../features/sheet/ImportList";
import { SheetUnitsQuery, SheetWindowQuery } from "../../features/sheet/queries";
import { ReceiptDialog } from "../../features/sheet/ReceiptDialog";
import { SheetDetail } from "../../features/sheet/SheetDetail";
import { SheetFiles } from "../../features/sheet/SheetFiles";
import { TakenCard } from "../../features/sheet/TakenCard";
import { type SheetUnit, unitsOf } from "../../features/sheet/units";
import { UploadCard } from "../../features/sheet/UploadCard";
import { type SheetFile, type SheetOf, useSheetFile } from "../../features/sheet/use-sheet-file";
import { WindowNote } from "../../features/sheet/WindowNote";
import type { PageLoad } from "../../graphql/page-load";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { formatPeriod, periodBefore } from "../../i18n/period";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Select } from "../../ui/Select";
import { SkeletonLines } from "../../ui/Skeleton";
import { reportUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";

/** Months that are offered. */
const MONTHS = 12;

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  if (search.get("sheet") !== null || search.get("import") !== null) return;
  client
    .query(SheetUnitsQuery, {})
    .toPromise()
    .catch(() => undefined);
}

/**
 * 表格填报: the figures of a month as a spreadsheet; with `sheet` in the address one that was taken, with
 * `import` a large one that is taken part by part.
 */
export function SheetsPage() {
  const [search] = useUrlSearch();
  useForgetting();
  const [id, importId] = [search.get("sheet"), search.get("import")];
  if (id !== null) return <SheetDetail key={id} id={id} importId={importId} />;
  return importId === null ? <Desk /> : <ImportDetail key={importId} id={importId} />;
}

function Desk() {
  const t = useMessages("sheets");
  const [isChecking, setIsChecking] = useState(false);
  const { units, unit, period, newest, month, error, read } = useSheetPlace();
  // Up here, so that a chosen file outlives the change to another unit or month.
  const sheet = useSheetFile({ department: unit?.code ?? "", period: period ?? "" });
  if (error !== undefined && units === null)
    return <ErrorState isPage error={error} onRetry={read} />;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t(units?.length === 0 ? "lead.verify" : "lead")}
        actions={
          <>
            {unit !== undefined && period !== null && (
              <LinkButton to={reportUrl({ department: unit.code, period })} icon="edit">
                {t("toReport")}
              </LinkButton>
            )}
            <Button icon="check" onClick={() => setIsChecking(true)}>
              {t("receipt.check")}
            </Button>
          </>
        }
      />
      {isChecking && <ReceiptDialog onClose={() => setIsChecking(false)} />}
      {units === null && <SkeletonLines count={4} className="h-24" />}
      {units?.length === 0 && <Files of={null} />}
      {units !== null && units.length > 0 && unit === undefined && <UnitElsewhere units={units} />}
      {units !== null && unit !== undefined && period !== null && newest !== null && (
        <OfUnit unit={unit} units={units} period={period} newest={newest} sheet={sheet}>
          {month?.period === period && <WindowNote of={month} />}
        </OfUnit>
      )}
    </>
  );
}

/** The unit and month of the address, else the reader's first unit and the month that takes figures. */
function useSheetPlace() {
  const [search] = useUrlSearch();
  const [{ data, error }, query] = useQuery({ query: SheetUnitsQuery });
  const units = data === undefined ? null : unitsOf(data.viewer?.grants ?? []);
  const wanted = search.get("department");
  const unit = units?.find((one) => wanted === null || one.code === wanted);
  const asked = { department: unit?.code ?? null, period: search.get("period") };
  const [{ data: window, fetching }] = useQuery({
    query: SheetWindowQuery,
    variables: asked,
    pause: unit === undefined,
  });
  const { today } = useToday();
  const newest = today?.slice(0, 7) ?? null;
  const month = window?.reportSheet ?? null;
  // Of a unit without a window of its own, the month that is over.
  const rest = newest === null || fetching ? null : periodBefore(newest, 1);
  const period = asked.period ?? month?.period ?? rest;
  const read = (): void => query({ requestPolicy: "network-only" });
  return { units, unit, period, newest, month, error, read };
}

/** The address names a unit where the reader records nothing. */
function UnitElsewhere({ units }: { readonly units: readonly SheetUnit[] }) {
  const t = useMessages("sheets");
  const [, change] = useUrlSearch();
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <p className="font-medium">{t("none")}</p>
      <p className="text-sm text-muted">{t("none.detail")}</p>
      <Button className="mt-3" onClick={() => change({ department: undefined }, true)}>
        {units[0]?.name}
      </Button>
    </div>
  );
}

interface OfUnitProps {
  readonly unit: SheetUnit;
  readonly units: readonly SheetUnit[];
  readonly period: string;
  /** The month that it is. */
  readonly newest: string;
  readonly sheet: SheetFile;
  readonly children: React.ReactNode;
}

function OfUnit({ unit, units, period, newest, sheet, children }: OfUnitProps) {
  const t = useMessages("sheets");
  const [, change] = useUrlSearch();
  const of = { department: unit.code, period };
  const { state } = sheet;
  const onStarted = (importId: string): void => change({ import: importId }, true);
  return (
    <div className="grid min-w-0 gap-4">
      <fieldset aria-label={t("choose")} className="no-print flex flex-wrap items-center gap-2">
        <Select
          aria-label={t("unit")}
          className="w-80 max-sm:w-full"
          value={unit.code}
          options={units.map((one) => ({
            value: one.code,
            label: one.hasBelow ? t("unit.below", { name: one.name }) : one.name,
          }))}
          onChange={(department) => change({ department }, true)}
        />
        <Select
          aria-label={t("month")}
          className="w-40"
          value={period}
          options={monthsOf(newest, period).map((value) => ({
            value,
            label: formatPeriod(value),
          }))}
          onChange={(value) => change({ period: value }, true)}
        />
      </fieldset>
      <div className="grid gap-2 empty:hidden">{children}</div>
      <div className="grid min-w-0 gap-4 lg:grid-cols-2 print:hidden">
        <FormCard of={of} unit={unit} />
        <UploadCard
          sheet={sheet}
          of={of}
          onMove={(to) => change({ ...to }, true)}
          onStarted={onStarted}
        />
      </div>
      {state.kind === "checked" && (
        <CheckCard
          check={state.check}
          sheet={sheet}
          of={of}
          unitName={unit.name}
          onStarted={onStarted}
        />
      )}
      {state.kind === "taken" && <TakenCard sheet={state.sheet} onAgain={sheet.forget} />}
      <Files key={`${unit.code} ${period}`} of={of} />
    </div>
  );
}

/** The large files and those that were taken; what a large one brings is among the others at once. */
function Files({ of }: { readonly of: SheetOf | null }) {
  const [news, setNews] = useState(0);
  const onBrought = useCallback(() => setNews((count) => count + 1), []);
  return (
    <div className="grid min-w-0 gap-4">
      <ImportList onBrought={onBrought} />
      <SheetFiles of={of} news={news} />
    </div>
  );
}

/** The newest months, and the one that is looked at. */
function monthsOf(newest: string, period: string): readonly string[] {
  const months = Array.from({ length: MONTHS }, (_, steps) => periodBefore(newest, steps));
  return months.includes(period) ? months : [period, ...months];
}
