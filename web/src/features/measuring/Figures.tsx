import { useMessages } from "../../i18n/messages";
import { Callout } from "../../ui/Callout";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { reportUrl } from "../../ui/urls";
import { FigureEntry } from "./FigureEntry";
import type { FigureSheet } from "./use-figures";

interface FiguresProps {
  readonly sheet: FigureSheet;
  /** Whether figures may be handed in now. */
  readonly isOpen: boolean;
}

interface OfTaskProps extends FiguresProps {
  readonly task: string;
}

/** The figures that a task's metrics ask for, under its report. */
export function TaskFigures({ sheet, task, isOpen }: OfTaskProps) {
  const t = useMessages("figures");
  const rows = sheet.rows.filter((row) => row.metric.task?.code === task);
  if (rows.length === 0) return null;
  return (
    <section
      aria-label={t("of", { code: task })}
      className="rounded-md border border-line bg-sunken/50"
    >
      <FigureList sheet={sheet} rows={rows} isOpen={isOpen} />
    </section>
  );
}

interface RestProps extends FiguresProps {
  /** Tasks whose figures stand under their reports. */
  readonly tasks: readonly string[];
  readonly period: string;
}

/** What no task of the sheet holds: figures by themselves, and the units below that have their own. */
export function OtherFigures({ sheet, tasks, isOpen, period }: RestProps) {
  const t = useMessages("figures");
  const rows = sheet.rows.filter((row) => !tasks.includes(row.metric.task?.code ?? ""));
  return (
    <div className="mt-4 grid gap-3 empty:hidden">
      {sheet.state === "loading" && (
        <p className="text-sm text-muted" role="status">
          {t("loading")}
        </p>
      )}
      {sheet.state === "failed" && (
        <Callout tone="warning" title={t("failed")}>
          <Button size="small" onClick={sheet.retry}>
            {t("retry")}
          </Button>
        </Callout>
      )}
      {rows.length > 0 && (
        <section
          aria-label={t("others")}
          className="rounded-card border border-line bg-card shadow-card"
        >
          <h2 className="border-b border-line px-4 py-2.5 font-semibold">{t("others")}</h2>
          <FigureList sheet={sheet} rows={rows} isOpen={isOpen} />
        </section>
      )}
      {sheet.below.length > 0 && (
        <nav
          aria-label={t("below")}
          className="no-print rounded-card border border-line bg-card px-4 py-2.5 shadow-card"
        >
          <h2 className="font-semibold">{t("below")}</h2>
          <p className="text-sm text-muted">{t("below.detail")}</p>
          <ul className="mt-1 flex flex-wrap gap-x-4">
            {sheet.below.map((unit) => (
              <li key={unit.code}>
                <Link
                  to={reportUrl({ department: unit.code, period })}
                  className="control inline-flex min-h-8 items-center text-link hover:underline"
                >
                  {unit.shortName}
                </Link>
              </li>
            ))}
          </ul>
        </nav>
      )}
    </div>
  );
}

interface ListProps extends FiguresProps {
  readonly rows: FigureSheet["rows"];
}

function FigureList({ sheet, rows, isOpen }: ListProps) {
  return (
    <ul className="divide-y divide-line">
      {rows.map((row) => (
        <FigureEntry
          key={row.metric.id}
          row={row}
          index={sheet.rows.indexOf(row)}
          sheet={sheet}
          isOpen={isOpen}
        />
      ))}
    </ul>
  );
}
