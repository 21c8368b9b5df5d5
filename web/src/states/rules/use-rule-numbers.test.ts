import { expect, test } from "vitest";
import { changedNumbers } from "./use-rule-numbers";

const standing = [
  { name: "DUE", value: 5 },
  { name: "CLOSE", value: 10 },
];
const typed = (...texts: [string, string][]) => changedNumbers(standing, new Map(texts));

test("only numbers that differ from what stands are sent", () => {
  expect(typed()).toEqual([]);
  expect(typed(["DUE", "5"], ["CLOSE", " 12 "])).toEqual([{ name: "CLOSE", value: 12 }]);
});

test("what is no whole number is sent out of all bounds, for the server to refuse", () => {
  for (const text of ["", "5.5", "五", "-1", "1234567"]) {
    expect(typed(["DUE", text])).toEqual([{ name: "DUE", value: -1 }]);
  }
});
