import { formatDate, formatNumber } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { busiest, type DayCount } from "./days";

/** Requests by day: a bar for each, as high as its part of the busiest one. */
export function DayBars({ days }: { readonly days: readonly DayCount[] }) {
  const t = useMessages("integrations");
  const best = busiest(days);
  if (best === null || best.requests === 0) return null;
  const label = t("usage.days.most", {
    count: formatNumber(best.requests),
    day: formatDate(best.day),
  });
  return (
    <span role="img" aria-label={label} title={label} className="flex h-6 w-45 items-end gap-px">
      {days.map(({ day, requests }) => (
        <span
          key={day}
          className={`min-w-px flex-1 ${requests === 0 ? "bg-line" : "bg-bar"}`}
          style={{ height: `${String(Math.max((100 * requests) / best.requests, 4))}%` }}
        />
      ))}
    </span>
  );
}
