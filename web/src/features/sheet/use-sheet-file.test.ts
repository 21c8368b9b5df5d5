import { expect, test } from "vitest";
import type { SheetCheckData } from "./queries";
import { stateOf } from "./use-sheet-file";

const check = { fileName: "a.csv" } as SheetCheckData;
const error = { code: "SHEET_OTHER_UNIT", path: ["uploadId"], message: "别的单位", figures: [] };

test("a trial ends with what the file says, with why it cannot be read, or with nothing", () => {
  expect(stateOf({ check, userErrors: [] })).toEqual({ kind: "checked", check });
  expect(stateOf({ check: null, userErrors: [error] })).toEqual({
    kind: "refused",
    errors: [error],
  });
  expect(stateOf(undefined)).toEqual({ kind: "failed" });
});
