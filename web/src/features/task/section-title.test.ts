import { describe, expect, it } from "vitest";
import { sectionTitle } from "./section-title";

describe("sectionTitle", () => {
  it.each([
    ["三", "三、繁荣学术"],
    ["三、", "三、繁荣学术"],
    ["（一）", "（一）繁荣学术"],
    ["", "繁荣学术"],
  ])("writes %j as %j", (ordinal, words) => {
    expect(sectionTitle({ ordinal, title: "繁荣学术" })).toBe(words);
  });
});
