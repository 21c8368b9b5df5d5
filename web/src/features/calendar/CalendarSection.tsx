import { useState } from "react";
import { useQuery } from "urql";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { usePreferences } from "../../i18n/preferences";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { holidaysOf, runsOf } from "./holidays";
import { LoadCalendarDialog } from "./LoadCalendarDialog";
import { CalendarQuery, type CalendarYearData } from "./queries";

/** 工作日历: the holidays and make-up days of this year and the next, and loading a year. */
export function CalendarSection() {
  const { today } = useToday();
  if (today === null) return <SkeletonLines count={5} className="h-16" />;
  return <Years year={Number(today.slice(0, 4))} />;
}

function Years({ year }: { readonly year: number }) {
  const t = useMessages("calendar");
  const [isNext, setIsNext] = useState(false);
  const [isOpen, setIsOpen] = useState(false);
  const [{ data, error }, read] = useQuery({
    query: CalendarQuery,
    variables: { year, next: year + 1 },
  });
  const reload = (): void => {
    read({ requestPolicy: "network-only" });
  };
  if (data === undefined) {
    return (
      <Card title={t("title")}>
        {error === undefined ? (
          <SkeletonLines count={5} />
        ) : (
          <ErrorState error={error} onRetry={reload} />
        )}
      </Card>
    );
  }
  const shown = isNext ? data.next : data.current;
  return (
    <Card
      title={t("title")}
      subtitle={t("subtitle")}
      actions={
        <div className="flex flex-wrap items-center gap-2">
          <SegmentedControl
            label={t("year")}
            value={isNext ? "next" : "current"}
            options={[
              { value: "current", label: String(year) },
              { value: "next", label: String(year + 1) },
            ]}
            onChange={(value) => setIsNext(value === "next")}
          />
          {data.reportRules.viewerCanUpdate && (
            <Button onClick={() => setIsOpen(true)}>{t("load")}</Button>
          )}
        </div>
      }
    >
      <Year of={shown} />
      {isOpen && (
        <LoadCalendarDialog
          standing={shown}
          onClose={() => setIsOpen(false)}
          onLoaded={() => {
            setIsOpen(false);
            reload();
          }}
        />
      )}
    </Card>
  );
}

function Year({ of }: { readonly of: CalendarYearData }) {
  const t = useMessages("calendar");
  if (of.days.length === 0) return <p>{t("unknown", { year: of.year })}</p>;
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard */}
      <section aria-label={t("title")} tabIndex={0} className="relative overflow-x-auto">
        <table className="w-full tabular-nums">
          <thead className="text-left text-sm text-muted">
            <tr>
              <th className="py-1 pr-4 font-normal">{t("holiday")}</th>
              <th className="py-1 pr-4 font-normal">{t("off")}</th>
              <th className="py-1 font-normal">{t("work")}</th>
            </tr>
          </thead>
          <tbody>
            {holidaysOf(of.days).map((holiday) => (
              <tr key={holiday.name} className="border-t border-line align-top">
                <th scope="row" className="py-1.5 pr-4 text-left font-normal whitespace-nowrap">
                  {holiday.name}
                </th>
                <td className="py-1.5 pr-4">
                  <Days days={holiday.off} />
                </td>
                <td className="py-1.5">
                  <Days days={holiday.work} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="mt-3 border-t border-line pt-3 text-sm text-muted">
        {t("workingDays", { year: of.year, count: of.workingDays })}
      </p>
    </>
  );
}

interface DaysProps {
  readonly days: readonly string[];
}

/** Days without their year, which stands above: `1月1日`, `1月28日至2月4日`; each run in one line. */
function Days({ days }: DaysProps) {
  const t = useMessages("calendar");
  const { locale } = usePreferences();
  const format = new Intl.DateTimeFormat(locale, {
    month: "long",
    day: "numeric",
    timeZone: "UTC",
  });
  const words = (day: string): string => format.format(new Date(day));
  const runs = runsOf(days);
  if (runs.length === 0) return "—";
  return runs.map(({ first, last }, index) => (
    <span key={first}>
      <span className="whitespace-nowrap">
        {first === last ? words(first) : `${words(first)}${t("run")}${words(last)}`}
        {index < runs.length - 1 && t("run.next")}
      </span>{" "}
    </span>
  ));
}
