import type { Translate } from "../../../i18n/messages";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A stretch of time in one unit: 3 天, 5 小时, 12 分钟. */
export function spanWords(milliseconds: number, t: Translate<"life">): string {
  if (milliseconds >= DAY) return t("span.days", { count: Math.floor(milliseconds / DAY) });
  if (milliseconds >= HOUR) return t("span.hours", { count: Math.floor(milliseconds / HOUR) });
  return t("span.minutes", { count: Math.max(1, Math.round(milliseconds / MINUTE)) });
}

/** For how many days something has stood: from an instant to a calendar day. */
export function sinceWords(since: string, today: string, t: Translate<"life">): string {
  const began = new Date(since);
  const start = Date.UTC(began.getFullYear(), began.getMonth(), began.getDate());
  const count = Math.round((Date.parse(today) - start) / DAY);
  return count < 1 ? t("rail.today") : t("rail.since", { span: t("span.days", { count }) });
}
