import { expect, test } from "vitest";
import { isBlock, placeBlock, readBlock } from "./paste";

test("a block from a spreadsheet is read cell by cell", () => {
  expect(readBlock("一\t二\r\n三\t四\r\n")).toEqual([
    ["一", "二"],
    ["三", "四"],
  ]);
  expect(readBlock('"第一行\r\n第二行"\t"说“好”，""再好"""\n尾\t')).toEqual([
    ["第一行\n第二行", '说“好”，"再好"'],
    ["尾", ""],
  ]);
});

test("a quotation mark that closes nowhere is a sign like any other", () => {
  expect(readBlock('"半截\t二')).toEqual([['"半截', "二"]]);
  expect(readBlock('"引" 之后\t二')).toEqual([['"引" 之后', "二"]]);
});

test("an empty line between rows keeps its place", () => {
  expect(readBlock("一\n\n三")).toEqual([["一"], [""], ["三"]]);
});

test("what does not fit the grid, and a word that is no assessment, is left out", () => {
  const words = new Map([["滞后", "BEHIND" as const]]);
  const block = [
    ["滞后", "进展一"],
    ["随便", "进展二"],
    ["滞后", "进展三"],
  ];
  expect(placeBlock(block, { row: 1, cell: "selfAssessment" }, 3, words)).toEqual([
    { row: 1, cell: "selfAssessment", value: "BEHIND" },
    { row: 1, cell: "progress", value: "进展一" },
    { row: 2, cell: "progress", value: "进展二" },
  ]);
  expect(placeBlock([["甲", "乙"]], { row: 0, cell: "supportNeeded" }, 1, words)).toEqual([
    { row: 0, cell: "supportNeeded", value: "甲" },
  ]);
});

test("one text with a line break is no block when its cell is quoted", () => {
  expect(isBlock("一句话")).toBe(false);
  expect(isBlock('"两行\n一格"')).toBe(false);
  expect(isBlock("一\t二")).toBe(true);
});
