import { describe, expect, it } from "vitest";
import { at, blocks, locate, overlaps, pieces, type ClauseFacts } from "./source-text";

const clause = (start: number, text: string, over: Partial<ClauseFacts> = {}): ClauseFacts => ({
  id: String(start),
  kind: "SENTENCE",
  block: 0,
  text,
  start,
  end: start + text.length,
  ...over,
});

describe("blocks", () => {
  it("gathers sentences by paragraph in the order of the text", () => {
    const found = blocks([
      clause(20, "丙。", { block: 2 }),
      clause(0, "一、甲", { kind: "HEADING" }),
      clause(10, "乙。", { block: 1 }),
      clause(14, "乙二。", { block: 1 }),
    ]);
    expect(found.map((one) => [one.kind, one.clauses.length])).toEqual([
      ["HEADING", 1],
      ["SENTENCE", 2],
      ["SENTENCE", 1],
    ]);
  });
});

describe("overlaps and at", () => {
  it("counts a shared character, not a shared edge", () => {
    expect(overlaps({ start: 0, end: 5 }, { start: 4, end: 9 })).toBe(true);
    expect(overlaps({ start: 0, end: 5 }, { start: 5, end: 9 })).toBe(false);
    expect(overlaps({ start: 3, end: 3 }, { start: 0, end: 5 })).toBe(true);
  });

  it("finds the item at a position", () => {
    const items = [
      { start: 0, end: 5 },
      { start: 5, end: 9 },
    ];
    expect(at(items, 5)).toBe(items[1]);
    expect(at(items, 9)).toBeUndefined();
  });
});

describe("locate", () => {
  it("looks past spaces and Markdown marks on both sides", () => {
    expect(locate("办好 40 场以上活动", "40场以上")).toEqual({ start: 3, end: 9 });
    expect(locate("办好40场以上活动", "**40** 场\n以上")).toEqual({ start: 2, end: 7 });
    expect(locate("办好活动", "40场")).toBeUndefined();
    expect(locate("办好活动", " ")).toBeUndefined();
  });
});

describe("pieces", () => {
  it("cuts the sentence at its phrases, equal ones in order", () => {
    const sentence = clause(100, "甲3个，乙3个。");
    const found = pieces(sentence, [
      { start: 106, end: 108, words: "3个", mark: "second" },
      { start: 101, end: 103, words: "3个", mark: "first" },
    ]);
    expect(found).toEqual([
      { text: "甲", mark: null },
      { text: "3个", mark: "first" },
      { text: "，乙", mark: null },
      { text: "3个", mark: "second" },
      { text: "。", mark: null },
    ]);
  });

  it("leaves the sentence whole when a phrase is not there", () => {
    const found = pieces(clause(0, "甲。"), [{ start: 0, end: 1, words: "乙", mark: "x" }]);
    expect(found).toEqual([{ text: "甲。", mark: null }]);
  });
});
