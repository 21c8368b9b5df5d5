const DIGITS: Readonly<Record<string, number>> = {
  零: 0,
  〇: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const SMALL_UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1000 };
const POWERS: Readonly<Record<string, number>> = { 万: 4, 亿: 8 };

/** One number in running text: where it stands and what it is worth. */
export interface FoundNumber {
  /** Index of its first UTF-16 unit in the text. */
  readonly start: number;
  /** Index after its last UTF-16 unit, 万 and 亿 included. */
  readonly end: number;
  /** Plain decimal, no separators: `3000000`, `12.5`. */
  readonly value: string;
}

const FULL_WIDTH_OFFSET = 0xfee0;

/** Turns full-width digits, points, commas and per cent signs into half-width ones; length stays. */
export function halfWidth(text: string): string {
  return text.replace(/[０-９．，％]/g, (sign) =>
    String.fromCharCode(sign.charCodeAt(0) - FULL_WIDTH_OFFSET),
  );
}

/** Moves the decimal point `power` places to the right, exactly. */
export function shiftDecimal(decimal: string, power: number): string {
  const [whole = "0", fraction = ""] = decimal.split(".");
  const padded = fraction.padEnd(power, "0");
  const digits = `${whole}${padded.slice(0, power)}`.replace(/^0+(?=\d)/, "");
  const rest = padded.slice(power).replace(/0+$/, "");
  return rest === "" ? digits : `${digits}.${rest}`;
}

/** Value of a numeral below 10,000 such as 一百二十, 两 or 千; undefined when it is none. */
export function chineseInteger(numeral: string): number | undefined {
  let total = 0;
  let digit: number | undefined;
  for (const sign of numeral) {
    const unit = SMALL_UNITS[sign];
    if (unit === undefined) {
      const value = DIGITS[sign];
      if (value === undefined) return undefined;
      digit = value;
    } else {
      total += (digit ?? 1) * unit;
      digit = undefined;
    }
  }
  return numeral === "" ? undefined : total + (digit ?? 0);
}

const NUMBER =
  /(?<latin>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(?:多|余)?(?<scaled>[千百]?[万亿]|[千百](?=[^万亿\d]))?|(?<chinese>[一二两三四五六七八九十百千][零〇一二两三四五六七八九十百千]*)(?:多|余)?(?<power>[万亿])?|(?<bare>[万亿])(?=[余多]?[场名人家个项次件元户])/gu;

/** Every number of the text in order; 万, 亿, 千 and Chinese numerals are worked out. */
export function findNumbers(text: string): FoundNumber[] {
  const found: FoundNumber[] = [];
  for (const match of halfWidth(text).matchAll(NUMBER)) {
    const value = worth(match.groups ?? {});
    if (value === undefined) continue;
    found.push({ start: match.index, end: match.index + match[0].length, value });
  }
  return found;
}

function worth(groups: Record<string, string | undefined>): string | undefined {
  const { latin, scaled, chinese, power, bare } = groups;
  if (latin !== undefined) return shiftDecimal(latin.replaceAll(",", ""), exponent(scaled ?? ""));
  if (bare !== undefined) return shiftDecimal("1", exponent(bare));
  const whole = chineseInteger(chinese ?? "");
  return whole === undefined ? undefined : shiftDecimal(String(whole), exponent(power ?? ""));
}

function exponent(signs: string): number {
  let sum = 0;
  for (const sign of signs) {
    const small = SMALL_UNITS[sign];
    sum += small === undefined ? (POWERS[sign] ?? 0) : Math.log10(small);
  }
  return sum;
}
