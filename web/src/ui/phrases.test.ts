import { expect, test } from "vitest";
import { phrasesOf } from "./phrases";

const TITLE = "河南省科协办公室关于印发河南省科协2025年工作要点和十项重点工作通知";

test("a Chinese title ends its lines between words, never inside one", () => {
  const phrases = phrasesOf(TITLE);
  expect(phrases.join("")).toBe(TITLE);
  expect(phrases).toEqual([
    ..."河南省科协 办公室 关于印发 河南省科协 2025年 工作 要点 和十项 重点 工作 通知".split(" "),
  ]);
});

test("marks stay with what they follow or open", () => {
  const phrases = phrasesOf("打造“智汇中原”院士专家河南行品牌，办好年会。");
  expect(phrases.join("")).toBe("打造“智汇中原”院士专家河南行品牌，办好年会。");
  expect(phrases.some((one) => /^[”，。、]/u.test(one) || /“$/u.test(one))).toBe(false);
});

test("other texts are left to the browser", () => {
  expect(phrasesOf("Work plan of 2025")).toEqual(["Work plan of 2025"]);
});
