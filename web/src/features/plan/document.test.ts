import { describe, expect, it } from "vitest";
import {
  documentBlocks,
  documentOutline,
  numberingIn,
  openingClauses,
  sentenceSegments,
  type ClauseFacts,
} from "./document";

const SOURCE = [
  "某省科协文件",
  "某科协〔2025〕7号",
  "关于印发工作要点的通知",
  "各单位：",
  "现将要点印发。",
  "# 工作要点",
  "## 一、办实事",
  "1. 办好活动。办好40场活动。（责任部门：甲部）",
  "# 重点工作",
  "1. 抓重点。",
  "某省科协",
  "2025年3月1日印发",
].join("\n");

type Given = Partial<ClauseFacts> & { readonly find: string };

/** Clauses of `SOURCE`, each placed where its words stand. */
function clausesOf(given: readonly Given[]): ClauseFacts[] {
  let from = 0;
  return given.map(({ find, ...rest }, position) => {
    const start = Array.from(SOURCE.slice(0, SOURCE.indexOf(find, from))).length;
    from = SOURCE.indexOf(find, from) + find.length;
    return {
      id: `clause-${String(position)}`,
      kind: "SENTENCE",
      block: position,
      position,
      text: find,
      start,
      end: start + Array.from(find).length,
      partIndex: null,
      section: null,
      task: null,
      ...rest,
    };
  });
}

const section = { id: "s1", level: 1 };
const clauses = clausesOf([
  { find: "某省科协文件", kind: "FURNITURE" },
  { find: "某科协〔2025〕7号", kind: "FURNITURE" },
  { find: "关于印发工作要点的通知", kind: "TITLE" },
  { find: "各单位：" },
  { find: "现将要点印发。" },
  { find: "工作要点", kind: "TITLE", partIndex: 0 },
  { find: "一、办实事", kind: "HEADING", partIndex: 0, section },
  { find: "办好活动。", block: 7, partIndex: 0, section, task: { id: "t1" } },
  { find: "办好40场活动。", block: 7, partIndex: 0, section, task: { id: "t1" } },
  {
    find: "（责任部门：甲部）",
    kind: "RESPONSIBILITY",
    block: 7,
    partIndex: 0,
    section,
    task: { id: "t1" },
  },
  { find: "重点工作", kind: "TITLE", partIndex: 1 },
  { find: "抓重点。", partIndex: 1, task: { id: "t2" } },
  { find: "某省科协", kind: "FURNITURE" },
  { find: "2025年3月1日印发", kind: "FURNITURE" },
]);
const blocks = documentBlocks(clauses, SOURCE, "某科协〔2025〕7号");

describe("documentBlocks", () => {
  it("gives each paragraph its place in an official document", () => {
    expect(blocks.map((block) => block.role)).toEqual([
      "mark",
      "number",
      "title",
      "recipients",
      "paragraph",
      "title",
      "heading",
      "paragraph",
      "title",
      "paragraph",
      "signature",
      "imprint",
    ]);
  });

  it("keeps sentences of a paragraph together and the numbering as issued", () => {
    const point = blocks[7];
    expect(point?.pieces.map((piece) => piece.numbering)).toEqual(["1.", "", ""]);
    expect(point?.pieces).toHaveLength(3);
  });

  it("does not repeat a numbering that the sentence already has", () => {
    expect(blocks[6]?.pieces[0]?.numbering).toBe("");
  });

  it("orders headings under the heading of the page", () => {
    const levels = blocks.map((block) => block.headingLevel).filter((level) => level !== null);
    expect(levels).toEqual([2, 2, 3, 2]);
  });

  it("does not depend on the order in which pages of clauses arrive", () => {
    const turned = documentBlocks([...clauses].reverse(), SOURCE, "某科协〔2025〕7号");
    expect(turned).toEqual(blocks);
  });
});

describe("numberingIn", () => {
  it.each([
    ["\n\n9. ", "9."],
    ["\n（三）", "（三）"],
    ["\n## 十二、", "十二、"],
    ["。\n**7．", "7．"],
    ["\n附件 ", ""],
    ["", ""],
  ])("reads %j as %j", (gap, numbering) => {
    expect(numberingIn(gap)).toBe(numbering);
  });
});

describe("documentOutline", () => {
  it("counts the tasks of parts and their sections", () => {
    expect(
      documentOutline(blocks).map(({ title, level, taskCount }) => [title, level, taskCount]),
    ).toEqual([
      ["工作要点", 0, 1],
      ["一、办实事", 1, 1],
      ["重点工作", 0, 1],
    ]);
  });
});

describe("openingClauses", () => {
  it("finds the first sentence of each task", () => {
    expect([...openingClauses(blocks)]).toEqual([
      ["t1", "clause-7"],
      ["t2", "clause-11"],
    ]);
  });
});

describe("sentenceSegments", () => {
  it("cuts where metrics are stated", () => {
    const text = "参观突破300万人次，免费开放32家。";
    const metrics = [
      { id: "b", phrase: "32家" },
      { id: "a", phrase: "突破300万人次" },
      { id: "c", phrase: "不在句中" },
    ];
    expect(sentenceSegments(text, metrics)).toEqual([
      { text: "参观", metric: null },
      { text: "突破300万人次", metric: "a" },
      { text: "，免费开放", metric: null },
      { text: "32家", metric: "b" },
      { text: "。", metric: null },
    ]);
  });

  it("gives a phrase that two metrics share to one of them", () => {
    const both = [
      { id: "low", phrase: "3到5家" },
      { id: "high", phrase: "3到5家" },
    ];
    expect(sentenceSegments("培育3到5家", both)).toEqual([
      { text: "培育", metric: null },
      { text: "3到5家", metric: "low" },
    ]);
  });
});
