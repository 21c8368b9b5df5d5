import { StackedBar } from "../../../charts/StackedBar";
import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { formatPeriod } from "../../../i18n/period";
import { formatShare } from "../../../i18n/share";
import { Card } from "../../../ui/Card";
import { Link } from "../../../ui/Link";
import { orgsUrl } from "../../../ui/urls";
import { type CourseMonth, missingUnits, type Month } from "./month-query";

/** Units named; the others are counted. */
const MOST = 8;

/** 本月月报: on time, late and missing, who is missing, and how the months before went. */
export function MonthCard({ code, present, course }: Month) {
  const t = useMessages("attention");
  const to = orgsUrl(code);
  const units = missingUnits(present);
  const isOver = present.isDue;
  return (
    <Card
      title={t("month", { month: formatPeriod(present.period) })}
      subtitle={t("month.owed", { count: present.expected, day: formatDate(present.dueOn) })}
      actions={
        <Link
          to={to}
          className="control inline-flex items-center text-sm text-link hover:underline"
        >
          {t("month.open")}
        </Link>
      }
    >
      <StackedBar
        label={t("month", { month: formatPeriod(present.period) })}
        parts={[
          {
            key: "onTime",
            word: t("month.onTime"),
            value: present.onTime,
            shape: "circle",
            tone: "ok",
            to,
          },
          {
            key: "late",
            word: t("month.late"),
            value: present.late,
            shape: "triangle",
            tone: "warning",
            to,
          },
          {
            key: "missing",
            word: t(isOver ? "month.missing" : "month.awaited"),
            value: present.missingCount,
            shape: isOver ? "square" : "ring",
            tone: isOver ? "danger" : "neutral",
            to,
          },
        ]}
      />
      {units.length > 0 && (
        <>
          <h3 className="mt-3 text-sm text-muted">
            {t(isOver ? "units.missing" : "units.awaited")}
          </h3>
          <ul className="flex flex-wrap gap-x-4">
            {units.slice(0, MOST).map((unit) => (
              <li key={unit.code}>
                <Link
                  to={orgsUrl(unit.code)}
                  className="control inline-flex min-h-7 items-center gap-1.5 text-ink hover:underline"
                >
                  {unit.name}
                  <span className="text-sm text-muted">
                    {t("units.count", { count: unit.count })}
                  </span>
                </Link>
              </li>
            ))}
            {units.length > MOST && (
              <li className="flex min-h-7 items-center text-sm text-muted">
                {t("units.more", { count: units.length - MOST })}
              </li>
            )}
          </ul>
        </>
      )}
      <Course months={course} />
    </Card>
  );
}

/** One bar a month: what came on time, late and not at all. */
function Course({ months }: { readonly months: readonly CourseMonth[] }) {
  const t = useMessages("attention");
  const closed = months.filter((one) => one.isDue);
  if (closed.length === 0) return null;
  return (
    <>
      <h3 className="mt-3 border-t border-line pt-3 text-sm text-muted">{t("course")}</h3>
      <ul aria-label={t("course")} className="mt-1 grid gap-y-1">
        {closed.map((one) => (
          <li
            key={one.period}
            className="grid min-h-6 grid-cols-[5.5rem_minmax(0,1fr)_3.5rem] items-center gap-x-3 text-sm"
          >
            <span>{formatPeriod(one.period)}</span>
            <span
              aria-hidden="true"
              className="flex h-2.5 gap-px overflow-hidden rounded-sm bg-sunken"
            >
              <span className="bg-ok" style={{ flexGrow: one.onTime }} />
              <span className="bg-warn" style={{ flexGrow: one.late }} />
              <span className="bg-danger" style={{ flexGrow: one.missingCount }} />
            </span>
            <span
              className="text-right font-medium"
              title={t("course.counts", {
                onTime: one.onTime,
                late: one.late,
                missing: one.missingCount,
              })}
            >
              {formatShare(one.timeliness)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
