import { preferences } from "./preferences";

/** A figure for people: short text, and the exact value for the tooltip. */
export interface Figure {
  readonly text: string;
  readonly exact: string;
}

const WAN = 10_000;

/** Groups digits by the reader's custom: 1,234; in Chinese from 万 on, as targets are written. Takes exact decimals as text too. */
export function formatNumber(value: number | string): string {
  const number = typeof value === "string" ? Number(value) : value;
  if (!Number.isFinite(number)) return String(value);
  const { locale } = preferences();
  return new Intl.NumberFormat(locale, {
    maximumFractionDigits: 4,
    useGrouping: locale === "zh-CN" ? "min2" : "auto",
  }).format(number);
}

/** 万 grouping in Chinese: 2316000 人次 → 231.6 万人次; in English the grouped number. */
export function formatFigure(value: number | string, unit = ""): Figure {
  const { locale } = preferences();
  const number = Number(value);
  const join = (text: string): string => {
    if (unit === "") return text;
    return unit === "%" ? `${text}%` : `${text} ${unit}`;
  };
  const exact = join(formatNumber(value));
  if (locale !== "zh-CN" || Math.abs(number) < WAN || !Number.isFinite(number)) {
    return { text: exact, exact };
  }
  const text = new Intl.NumberFormat(locale, {
    maximumFractionDigits: 2,
    useGrouping: "min2",
  }).format(number / WAN);
  return { text: `${text} 万${unit}`, exact };
}

/** A calendar day (`2025-06-30`) without shifting it by a time zone. */
export function formatDate(day: string): string {
  const [year, month, date] = day.split("-").map(Number);
  if (year === undefined || month === undefined || date === undefined) return day;
  return new Intl.DateTimeFormat(preferences().locale, {
    dateStyle: "long",
    timeZone: "UTC",
  }).format(new Date(Date.UTC(year, month - 1, date)));
}

/** An instant in the reader's time zone, to the minute. */
export function formatDateTime(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(preferences().locale, {
    dateStyle: "long",
    timeStyle: "short",
  }).format(date);
}

/** Names in a row, with the comma of the language. */
export function formatList(names: readonly string[]): string {
  return names.join(preferences().locale === "en" ? ", " : "、");
}
