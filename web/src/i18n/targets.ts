/** How a value is held against its target, as the API names it. */
export type Comparator =
  | "AT_LEAST"
  | "MORE_THAN"
  | "AT_MOST"
  | "EQUAL"
  | "REACH"
  | "ABOUT"
  | "DONE";

/** What the wording of a target needs. */
export interface Target {
  /** Exact decimal, as the API gives it. */
  readonly value: string;
  /** Measure word as in the text: 场, 人次, %. */
  readonly unit: string;
  readonly comparator: Comparator;
  /** 每年…: the target is for each year. */
  readonly isPerYear: boolean;
  /** 力争, 争取, 努力: stated as an effort. */
  readonly isTentative: boolean;
}

/** A target in words. */
export interface TargetWords {
  /** For tight places: “≥ 40 场”. */
  readonly short: string;
  /** For reading aloud, tooltips and print: “不少于 40 场”. */
  readonly long: string;
}

interface Wording {
  readonly signs: Readonly<Record<Comparator, string>>;
  readonly words: Readonly<Record<Comparator, string>>;
  readonly tentative: string;
  readonly perYear: string;
  readonly units: Readonly<Record<string, string>>;
}

const SIGNS = {
  AT_LEAST: "≥",
  MORE_THAN: ">",
  AT_MOST: "≤",
  EQUAL: "",
  REACH: "→",
  ABOUT: "≈",
  DONE: "✓",
} as const;

const CHINESE: Wording = {
  signs: SIGNS,
  words: {
    AT_LEAST: "不少于",
    MORE_THAN: "超过",
    AT_MOST: "不超过",
    EQUAL: "",
    REACH: "达到",
    ABOUT: "约",
    DONE: "完成",
  },
  tentative: "力争",
  perYear: "每年",
  units: {},
};

const ENGLISH: Wording = {
  signs: SIGNS,
  words: {
    AT_LEAST: "at least",
    MORE_THAN: "more than",
    AT_MOST: "at most",
    EQUAL: "exactly",
    REACH: "reach",
    ABOUT: "about",
    DONE: "done",
  },
  tentative: "aim for",
  perYear: "each year",
  units: {
    场: "events",
    次: "times",
    人: "people",
    名: "people",
    人次: "attendances",
    项: "items",
    个: "units",
    家: "organisations",
    所: "institutions",
  },
};

/** Says a target in words; the figure stays exact. */
export function targetWords(target: Target, locale: string): TargetWords {
  const isChinese = locale.startsWith("zh");
  const wording = isChinese ? CHINESE : ENGLISH;
  const word = wording.words[target.comparator];
  const sign = wording.signs[target.comparator];
  const isYesNo = target.comparator === "DONE";
  const figure = isYesNo ? "" : quantityWords(target.value, target.unit, locale);
  const effort = target.isTentative ? wording.tentative : "";
  const yearly = target.isPerYear ? wording.perYear : "";
  if (isYesNo) {
    return { short: `${sign} ${word}`, long: joined([effort, yearly, word]) };
  }
  return isChinese
    ? {
        short: joined([effort, yearly, sign, figure]),
        long: joined([`${effort}${yearly}${word}`, figure]),
      }
    : {
        short: joined([effort, sign, figure, yearly]),
        long: joined([effort, word, figure, yearly]),
      };
}

/** A figure with its unit: “40 场”, “300 万人次”, “15%”. */
export function quantityWords(value: string, unit: string, locale: string): string {
  const isChinese = locale.startsWith("zh");
  const figure = isChinese ? inMyriads(value) : grouped(value);
  const word = isChinese ? unit : (ENGLISH.units[unit] ?? unit);
  if (word === "" || word === "%") return `${figure}${word}`;
  return figure.endsWith("万") || figure.endsWith("亿") ? `${figure}${word}` : `${figure} ${word}`;
}

/** 万 and 亿 grouping without rounding: a figure that would need more than two places stays whole. */
function inMyriads(value: string): string {
  for (const [places, word] of [
    [8, "亿"],
    [4, "万"],
  ] as const) {
    const moved = movedPoint(value, places);
    if (moved !== null) return `${moved} ${word}`;
  }
  return trimmed(value);
}

/** The figure divided by 10^places, or null when it is below 1 or needs more than two places. */
function movedPoint(value: string, places: number): string | null {
  const [whole = "", fraction = ""] = trimmed(value).replace("-", "").split(".");
  if (whole.length <= places) return null;
  const low = `${whole.slice(-places)}${fraction}`.replace(/0+$/u, "");
  if (low.length > 2) return null;
  const sign = value.startsWith("-") ? "-" : "";
  const high = `${sign}${whole.slice(0, -places)}`;
  return low === "" ? high : `${high}.${low}`;
}

function grouped(value: string): string {
  const [whole = "", fraction] = trimmed(value).split(".");
  const parted = whole.replace(/\B(?=(\d{3})+$)/gu, ",");
  return fraction === undefined ? parted : `${parted}.${fraction}`;
}

function trimmed(value: string): string {
  return value.includes(".") ? value.replace(/0+$/u, "").replace(/\.$/u, "") : value;
}

function joined(words: readonly string[]): string {
  return words.filter((word) => word !== "").join(" ");
}
