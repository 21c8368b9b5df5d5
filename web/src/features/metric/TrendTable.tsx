import { type Translate, useMessages } from "../../i18n/messages";
import { formatPeriod } from "../../i18n/period";
import { usePreferences } from "../../i18n/preferences";
import { quantityWords } from "../../i18n/targets";
import type { MonthFigures } from "./months";

interface TrendTableProps {
  readonly trend: readonly MonthFigures[];
  readonly unit: string;
  /** No room for twelve columns: a row for each month instead. */
  readonly isNarrow: boolean;
}

/** A line of the trend as the table names and fills it. */
interface Line {
  readonly key: string;
  readonly name: string;
  readonly of: (month: MonthFigures) => string | null;
}

function linesOf(trend: readonly MonthFigures[], t: Translate<"metrics">): readonly Line[] {
  const verified = {
    key: "verified",
    name: t("trend.verified"),
    of: (one: MonthFigures) => one.verified,
  };
  // Who may not see what waits is not told that there is none.
  if (trend.every((month) => month.provisional === null)) return [verified];
  const provisional = (one: MonthFigures) => one.provisional;
  return [verified, { key: "provisional", name: t("trend.provisional"), of: provisional }];
}

/** What the figure came to at the end of each month. */
export function TrendTable({ trend, unit, isNarrow }: TrendTableProps) {
  const t = useMessages("metrics");
  const lines = linesOf(trend, t);
  return isNarrow ? (
    <MonthRows trend={trend} unit={unit} lines={lines} />
  ) : (
    <MonthColumns trend={trend} unit={unit} lines={lines} />
  );
}

interface LinesProps {
  readonly trend: readonly MonthFigures[];
  readonly unit: string;
  readonly lines: readonly Line[];
}

function MonthRows({ trend, unit, lines }: LinesProps) {
  const t = useMessages("metrics");
  return (
    <table className="mt-3 w-full border-collapse text-sm tabular-nums">
      <caption className="sr-only">{t("trend.table")}</caption>
      <thead>
        <tr className="border-b border-line text-muted">
          <td />
          {lines.map((line) => (
            <th key={line.key} scope="col" className="py-1.5 pl-3 text-right font-medium">
              {line.name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {trend.map((month) => (
          <tr key={month.period} className="border-b border-line last:border-b-0">
            <th scope="row" className="py-1.5 text-left font-normal whitespace-nowrap">
              {formatPeriod(month.period)}
            </th>
            {lines.map((line) => (
              <td key={line.key} className="py-1.5 pl-3 text-right">
                <Amount value={line.of(month)} unit={unit} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function MonthColumns({ trend, unit, lines }: LinesProps) {
  const t = useMessages("metrics");
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table must scroll by keyboard
    <section aria-label={t("trend.table")} tabIndex={0} className="relative mt-3 overflow-x-auto">
      <table className="w-full border-collapse text-sm tabular-nums">
        <caption className="sr-only">{t("trend.table")}</caption>
        <thead>
          <tr className="border-b border-line text-muted">
            <td className="px-2" />
            {trend.map((month) => (
              <th key={month.period} scope="col" className="px-2 py-1.5 text-right font-medium">
                <span aria-hidden="true" className="whitespace-nowrap">
                  {t("trend.month", { number: Number(month.period.slice(5)) })}
                </span>
                <span className="sr-only">{formatPeriod(month.period)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr key={line.key} className="border-b border-line last:border-b-0">
              <th scope="row" className="px-2 py-1.5 text-left font-normal whitespace-nowrap">
                {line.name}
              </th>
              {trend.map((month) => (
                <td key={month.period} className="px-2 py-1.5 text-right whitespace-nowrap">
                  <Amount value={line.of(month)} unit={unit} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Amount({ value, unit }: { readonly value: string | null; readonly unit: string }) {
  const t = useMessages("metrics");
  const { locale } = usePreferences();
  if (value === null) return <span className="text-muted">{t("figure.none")}</span>;
  return quantityWords(value, unit, locale);
}
