import { findNumbers, halfWidth, type FoundNumber } from "./chinese-number";

/** How a result compares with the target, as the API names it. */
export type ComparatorName =
  | "AT_LEAST"
  | "MORE_THAN"
  | "AT_MOST"
  | "EQUAL"
  | "REACH"
  | "ABOUT"
  | "DONE";

/** What a metric form opens with. */
export interface MetricPrefill {
  readonly name: string;
  readonly phrase: string;
  readonly value: string;
  readonly unit: string;
  readonly comparator: ComparatorName;
  readonly isPerYear: boolean;
  readonly isTentative: boolean;
}

const UNITS = [
  "个百分点",
  "平方公里",
  "平方米",
  "立方米",
  "人次",
  "场次",
  "件次",
  "公里",
  "公顷",
  "%",
  "场",
  "名",
  "人",
  "项",
  "个",
  "家",
  "所",
  "次",
  "件",
  "篇",
  "部",
  "期",
  "批",
  "支",
  "座",
  "处",
  "门",
  "条",
  "份",
  "元",
  "套",
  "台",
  "辆",
  "亩",
  "吨",
  "户",
  "村",
  "米",
  "种",
  "类",
  "课",
  "节",
  "届",
  "对",
  "组",
  "本",
  "册",
  "站",
  "间",
  "块",
  "例",
  "位",
  "幅",
  "首",
  "集",
  "堂",
  "只",
  "片",
] as const; // prettier-ignore

/** Most specific first: 不超过 holds 超过. */
const COMPARATORS: readonly (readonly [RegExp, ComparatorName])[] = [
  [/不少于|不低于|至少|以上|不小于/u, "AT_LEAST"],
  [/不超过|不高于|不多于|以内|以下|控制在/u, "AT_MOST"],
  [/超过|突破|高于|多于/u, "MORE_THAN"],
  [/左右|约|大约|上下/u, "ABOUT"],
  [/达到|达/u, "REACH"],
];

const BREAK = /[，。；：！？,;:!?（）()\n]/u;
const TAIL = /^(?:以上|以下|以内|左右|上下|的)+/u;
const LEADING_VERB =
  /^(?:力争|争取|努力|确保|实现|完成|开展|举办|办好|组织|建设|建成|新增|推动|推进|培育|培养|支持|联系|重点打造|打造|遴选|全年|每年|预计|计划|累计|至少|不少于|不低于|约|达到|达)+/u;
const TRAILING_COMPARATOR =
  /(?:不少于|不低于|不超过|不高于|超过|突破|达到|高于|至少|控制在|稳定在|保持在|提高到|提升至|增长到|约|达|至|为|在)+$/u;

/**
 * Guesses a metric from a number that the reader left out. A guess only: the person sees and
 * mends every field before it is stored.
 *
 * @param excerpt the words that the warning points at
 * @param sentence the sentence they stand in
 */
export function metricPrefill(excerpt: string, sentence: string): MetricPrefill {
  const phrase = excerpt.trim();
  const context = sentence.includes(phrase) && phrase !== "" ? sentence : phrase;
  const at = Math.max(0, context.indexOf(phrase));
  const inPhrase = findNumbers(context.slice(0, at + Math.max(phrase.length, 1)));
  const number = inPhrase.find((one) => one.start >= at) ?? findNumbers(context.slice(at))[0];
  if (number === undefined) {
    return { ...EMPTY, name: phrase.slice(0, 40), phrase };
  }
  return describe(context, number, phrase);
}

const EMPTY: MetricPrefill = {
  name: "",
  phrase: "",
  value: "",
  unit: "",
  comparator: "AT_LEAST",
  isPerYear: false,
  isTentative: false,
};

function describe(context: string, number: FoundNumber, phrase: string): MetricPrefill {
  const before = lastPart(context.slice(0, number.start));
  const rest = context.slice(number.end).replace(/^[多余\s]+/u, "");
  const unit = UNITS.find((one) => halfWidth(rest).startsWith(one)) ?? "";
  const after = firstPart(rest.slice(unit.length));
  const near = `${before.slice(-8)}${after.slice(0, 3)}`;
  return {
    name: nameFrom(before, after),
    phrase: phrase === "" ? `${before}${number.value}${unit}` : phrase,
    value: number.value,
    unit,
    comparator: COMPARATORS.find(([words]) => words.test(near))?.[1] ?? "EQUAL",
    isPerYear: /每年|年均/u.test(before),
    isTentative: /力争|争取|努力/u.test(before),
  };
}

function nameFrom(before: string, after: string): string {
  const counted = after.replace(TAIL, "").trim();
  if (counted !== "") return counted.slice(0, 40);
  return before.replace(LEADING_VERB, "").replace(TRAILING_COMPARATOR, "").trim().slice(0, 40);
}

function firstPart(text: string): string {
  return text.split(BREAK, 1)[0] ?? "";
}

function lastPart(text: string): string {
  return text.split(BREAK).at(-1) ?? "";
}
