import { expect, test } from "vitest";
import { challengeIn, codeIn } from "./returned";

test("only codes of the server are worded", () => {
  expect(codeIn("UNREACHABLE")).toBe("UNREACHABLE");
  expect(codeIn("call this number")).toBeNull();
  expect(codeIn(null)).toBeNull();
});

test("a second step is read from behind the #, whole or not at all", () => {
  expect(challengeIn("#challenge=abc_-1&step=CODE")).toEqual({ token: "abc_-1", step: "CODE" });
  expect(challengeIn("#challenge=abc&step=ENROLMENT")?.step).toBe("ENROLMENT");
  expect(challengeIn("#challenge=abc&step=OTHER")).toBeNull();
  expect(challengeIn("#step=CODE")).toBeNull();
  expect(challengeIn("")).toBeNull();
});
