import { expect, test } from "vitest";
import { FIRST_WAIT_MS, isUnderWay, markOf, nextWait, percentDone } from "./import-progress";

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

test("while nothing happens it is asked less and less often, and at last every half a minute", () => {
  const waits = [FIRST_WAIT_MS];
  for (let time = 0; time < 12; time += 1) waits.push(nextWait(waits.at(-1) ?? 0));
  expect(waits.slice(0, 3)).toEqual([2_000, 3_000, 4_500]);
  expect(waits.at(-1)).toBe(30_000);
});
