// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { light } from "./use-joins";

describe("light", () => {
  beforeEach(() => {
    document.body.innerHTML =
      '<p><span id="a" data-key="c1">一</span><span id="b" data-key="c2">二<i id="w" data-key="m1">40场</i></span>' +
      '<span id="c" data-key="c3">三</span></p>' +
      '<a id="task" data-joins="c1 c2"><b id="inner">01</b></a><a id="metric" data-joins="c2 m1">M1</a>';
  });

  function lit(at: string | null): string[] {
    light(document.body, at === null ? null : document.getElementById(at));
    return [...document.querySelectorAll("[data-lit]")].map((element) => element.id);
  }

  it("lights a note with its sentences", () => {
    expect(lit("inner")).toEqual(["a", "b", "task"]);
    expect(lit("metric")).toEqual(["b", "w", "metric"]);
  });

  it("lights a sentence with its notes, and words with the sentence around them", () => {
    expect(lit("a")).toEqual(["a", "task"]);
    expect(lit("w")).toEqual(["b", "w", "task", "metric"]);
  });

  it("lights nothing for a sentence without notes, and puts out what was lit", () => {
    expect(lit("a")).toHaveLength(2);
    expect(lit("c")).toEqual([]);
    expect(lit(null)).toEqual([]);
  });
});
