import { expect, it } from "vitest";
import { timeLeft } from "./time-left";

it("counts minutes and seconds, rounded up", () => {
  expect(timeLeft(65_000, 0)).toBe("1:05");
  expect(timeLeft(400, 0)).toBe("0:01");
});

it("is over when the instant has come", () => {
  expect(timeLeft(1000, 1000)).toBeNull();
});
