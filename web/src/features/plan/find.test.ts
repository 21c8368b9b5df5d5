// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { findInText } from "./find";

describe("findInText", () => {
  beforeEach(() => {
    document.body.innerHTML =
      "<p data-searched><span>办好<b>40场</b></span><span>活动，ＡＢ馆</span></p>" +
      "<p data-searched>40场<sup data-not-searched>40场</sup>次</p><p>40场</p>";
  });

  const found = (words: string) =>
    findInText(document.body, words).map((range) => range.toString());

  it("finds every place in the searched paragraphs only", () => {
    expect(found("40场")).toEqual(["40场", "40场"]);
  });

  it("finds words that run over several elements", () => {
    expect(found("好40场活动")).toEqual(["好40场活动"]);
  });

  it("does not run from one paragraph into the next", () => {
    expect(found("馆40")).toEqual([]);
  });

  it("takes letters of either case and width as one", () => {
    expect(found("ab馆")).toEqual(["ＡＢ馆"]);
  });

  it("finds nothing for nothing", () => {
    expect(found("  ")).toEqual([]);
  });
});
