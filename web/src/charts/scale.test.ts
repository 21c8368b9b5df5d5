import { expect, it } from "vitest";
import { marks } from "./scale";

it("marks round steps that reach the most", () => {
  expect(marks(40, 4)).toEqual([0, 10, 20, 30, 40]);
  expect(marks(10_250, 4)).toEqual([0, 5000, 10_000, 15_000]);
  expect(marks(0.6, 4)).toEqual([0, 0.2, 0.4, 0.6]);
  expect(marks(0, 4)).toEqual([0, 1]);
});
