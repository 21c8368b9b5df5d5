import { expect, test } from "vitest";
import { isUnderWay, markOf, percentDone } from "./import-progress";

test("a file is under way until it is done or stopped", () => {
  const states = ["WAITING", "RUNNING", "DONE", "STOPPED"] as const;
  expect(states.filter((state) => isUnderWay({ state }))).toEqual(["WAITING", "RUNNING"]);
});

test("all of it is said only when all of it was looked at", () => {
  expect(percentDone({ state: "RUNNING", rows: 200_000, rowsDone: 199_999 })).toBe(99);
  expect(percentDone({ state: "DONE", rows: 10_050, rowsDone: 10_050 })).toBe(100);
  expect(percentDone({ state: "WAITING", rows: 0, rowsDone: 0 })).toBe(0);
});

test("a step forward of any file changes the mark", () => {
  const one = { id: "a", state: "RUNNING", rows: 10_050, rowsDone: 0 } as const;
  expect(markOf([one])).toBe(markOf([{ ...one }]));
  expect(markOf([one])).not.toBe(markOf([{ ...one, rowsDone: 5_000 }]));
  expect(markOf([one])).not.toBe(markOf([{ ...one, state: "STOPPED" }]));
});
