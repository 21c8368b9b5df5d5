import { expect, test } from "vitest";
import { newIn } from "./differences";

test("what stayed is told from what is new, clause by clause", () => {
  const before = "已举办 12 场，参加 3,000 人次。场地未定。";
  const now = "已举办 15 场，参加 3,000 人次。场地已定。";
  const pieces = newIn(now, before);
  expect(pieces.map((piece) => piece.text).join("")).toBe(now);
  const fresh = pieces.filter((piece) => piece.isNew).map((piece) => piece.text);
  expect(fresh).toEqual(["已举办 15 场，", "场地已定。"]);
});

test("the same text has nothing new, and where nothing was said before nothing is marked", () => {
  expect(newIn("一样。", "一样。").some((piece) => piece.isNew)).toBe(false);
  expect(newIn("第一次报。", "")).toEqual([{ text: "第一次报。", isNew: false }]);
  expect(newIn("", "以前有")).toEqual([]);
});

test("a very long text is not compared piece by piece", () => {
  const long = "一，".repeat(500);
  expect(newIn(long, "二，")).toEqual([{ text: long, isNew: true }]);
});
