import { useMessages } from "../../../i18n/messages";
import type { Scale } from "./scale";

interface MonthsProps {
  readonly scale: Scale;
  readonly today: string | null;
}

/** The axis: names of months at their beginning, the year where it changes, a mark for today. */
export function Months({ scale, today }: MonthsProps) {
  const t = useMessages("tasks");
  return (
    <span className="relative block h-8 text-xs font-normal">
      {scale.months
        .filter((month) => month.isNamed)
        .map((month, index) => {
          const [year, number] = month.key.split("-");
          const isYear = index === 0 || number === "01";
          return (
            <span
              key={month.key}
              className={`absolute top-0 border-l border-line pl-1 leading-4 whitespace-nowrap ${
                isYear || index % 2 === 0 ? "" : "max-md:hidden"
              }`}
              style={{ left: `${String(month.from * 100)}%` }}
            >
              <span className="block h-4 text-muted">{isYear ? year : ""}</span>
              {t("timeline.month", { month: Number(number) })}
            </span>
          );
        })}
      {today !== null && scale.has(today) && (
        <span
          className="absolute top-0 -translate-x-1/2 leading-4 font-medium whitespace-nowrap text-danger"
          style={{ left: `${String(scale.at(today) * 100)}%` }}
        >
          {t("timeline.today")}
        </span>
      )}
    </span>
  );
}
