import type { Tone } from "../../../ui/tones";
import type { TokenRow } from "./token-documents";

/** Where a token stands, as people see it: in force, in force until its successor has taken over, over, taken back. */
export type Standing = "LIVE" | "REPLACED" | "ENDED" | "REVOKED";

/** So near the end a token is shown in amber. */
export const SOON_DAYS = 14;

const DAY_MS = 86_400_000;
/** Days are counted in Chinese time everywhere, as the server does. */
const OFFSET_MS = 8 * 3_600_000;

type Stated = Pick<TokenRow, "id" | "state" | "successorOf">;

/** Where a token stands among all of its account. */
export function standingOf(token: Stated, all: readonly Stated[]): Standing {
  if (token.state === "REVOKED") return "REVOKED";
  if (token.state === "EXPIRED") return "ENDED";
  return all.some((one) => one.successorOf === token.id) ? "REPLACED" : "LIVE";
}

/** The last day (`2025-06-30`) of what ends at an instant; an end at midnight belongs to the day before. */
export function lastDayOf(expiresAt: string): string {
  return new Date(Date.parse(expiresAt) - 1 + OFFSET_MS).toISOString().slice(0, 10);
}

/** Days from today to the last day: 0 on the last day, below 0 after it. */
export function daysLeft(expiresAt: string, today: string): number {
  return Math.round((Date.parse(lastDayOf(expiresAt)) - Date.parse(today)) / DAY_MS);
}

/** The last day of a life of so many days, today being the first. */
export function lastDayFrom(today: string, days: number): string {
  return new Date(Date.parse(today) + (days - 1) * DAY_MS).toISOString().slice(0, 10);
}

/** The colour of an end: red when it is past, amber when it is near. */
export function toneOfEnd(isOver: boolean, days: number | null): Tone {
  if (isOver) return "danger";
  return days !== null && days <= SOON_DAYS ? "warning" : "neutral";
}

/** Whether a token that is in force ends soon. */
export function endsSoon(token: Pick<TokenRow, "expiresAt" | "state">, today: string): boolean {
  return token.state === "ACTIVE" && daysLeft(token.expiresAt, today) <= SOON_DAYS;
}

/** The latest instant of some; null where there is none. */
export function latestOf(instants: readonly (string | null)[]): string | null {
  const known = instants.filter((one) => one !== null);
  return known.toSorted((a, b) => Date.parse(a) - Date.parse(b)).at(-1) ?? null;
}

/** Entries typed one a line, or parted by commas or blanks. */
export function entriesOf(text: string): string[] {
  return text.split(/[\s,;，、；]+/u).filter((one) => one !== "");
}

/** A life in days that was typed; null when it is no whole number from 1. */
export function daysOf(text: string): number | null {
  const typed = text.trim();
  return /^[1-9]\d{0,4}$/.test(typed) ? Number(typed) : null;
}
