import { expect, test } from "vitest";
import type { Translate } from "../../i18n/messages";
import { attainedWords } from "./attained";

const t: Translate<"plan"> = (key, values = {}) =>
  `${key}${Object.values(values)
    .map((value) => ` ${String(value)}`)
    .join("")}`;
const of = (figures: { verified: string | null; attainment: string | null; expected: number }) =>
  attainedWords({ unit: "场", figures }, "zh-CN", t);

test("what is verified is told with its share of the target, never rounded up", () => {
  expect(of({ verified: "104", attainment: "86.6666", expected: 8 })).toBe(
    "note.verified 104 场 · note.attainment 86.6",
  );
  expect(of({ verified: "104", attainment: null, expected: 8 })).toBe("note.verified 104 场");
});

test("nothing verified is not nothing asked for, and neither is not known yet", () => {
  expect(of({ verified: null, attainment: null, expected: 8 })).toBe("note.unverified");
  expect(of({ verified: null, attainment: null, expected: 0 })).toBeNull();
  expect(attainedWords({ unit: "场" }, "zh-CN", t)).toBeNull();
});
