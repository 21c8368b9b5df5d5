/** Words for powers of ten, as people type them. */
const TIMES: Readonly<Record<string, number>> = { 百: 2, 千: 3, 万: 4, 百万: 6, 千万: 7, 亿: 8 };

/**
 * Reads a figure as people type it: 1,234 or １２３４, 2.5万, 15%. Gives the exact decimal, or null for
 * what is no figure.
 */
export function readNumber(typed: string): string | null {
  const text = typed.normalize("NFKC").replaceAll(/[\s,，、%]/gu, "");
  const found = /^([+-]?)(\d*)(?:\.(\d*))?(百万|千万|[百千万亿])?$/u.exec(text);
  if (found === null) return null;
  const [, sign = "", whole = "", part = "", word] = found;
  if (whole === "" && part === "") return null;
  const places = word === undefined ? 0 : (TIMES[word] ?? 0);
  const moved = part.padEnd(places, "0");
  return shown(`${whole}${moved.slice(0, places)}`, moved.slice(places), sign === "-");
}

/** The sum of two exact decimals. */
export function plus(one: string, other: string): string {
  return combined(one, other, (a, b) => a + b);
}

/** The difference of two exact decimals. */
export function minus(one: string, other: string): string {
  return combined(one, other, (a, b) => a - b);
}

function combined(one: string, other: string, by: (a: bigint, b: bigint) => bigint): string {
  const places = Math.max(placesOf(one), placesOf(other));
  const result = by(scaled(one, places), scaled(other, places));
  const digits = String(result < 0n ? -result : result).padStart(places + 1, "0");
  const cut = digits.length - places;
  return shown(digits.slice(0, cut), digits.slice(cut), result < 0n);
}

function placesOf(value: string): number {
  return value.split(".")[1]?.length ?? 0;
}

function scaled(value: string, places: number): bigint {
  const [whole = "0", part = ""] = value.split(".");
  return BigInt(`${whole}${part.padEnd(places, "0")}`);
}

function shown(whole: string, part: string, isNegative: boolean): string {
  const head = whole.replace(/^0+(?=\d)/u, "") || "0";
  const tail = part.replace(/0+$/u, "");
  const text = tail === "" ? head : `${head}.${tail}`;
  return isNegative && text !== "0" ? `-${text}` : text;
}

/** The names of a list: one a line, or between commas. */
export function readNames(typed: string): string[] {
  const names = typed.split(/[\n\r\t,，、;；]+/u).map((name) => name.trim());
  return names.filter((name) => name !== "");
}
