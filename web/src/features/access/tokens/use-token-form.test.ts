import { expect, test } from "vitest";
import { inputOf, type TypedToken } from "./use-token-form";

const typed: TypedToken = {
  name: "月报程序",
  scopes: ["MEASUREMENT_WRITE"],
  days: "90",
  addresses: "10.20.0.0/16\n::1",
  metrics: "2025-19-M1，2025-19-M2",
  replaces: "",
};
const asked = (part: Partial<TypedToken>, today: string | null = "2025-04-01") =>
  inputOf({ ...typed, ...part }, "account", today);

test("what was typed is asked for, reading always with it", () => {
  expect(asked({})).toEqual({
    accountId: "account",
    name: "月报程序",
    scopes: ["READ", "MEASUREMENT_WRITE"],
    expiresOn: "2025-06-29",
    addresses: ["10.20.0.0/16", "::1"],
    metrics: ["2025-19-M1", "2025-19-M2"],
    replaces: null,
  });
});

test("what is empty is left out, and metrics without the scope that they narrow", () => {
  const input = asked({ addresses: " \n", scopes: ["REPORT_WRITE"], replaces: "old" });
  expect(input).toMatchObject({ addresses: null, metrics: null, replaces: "old" });
  expect(asked({ metrics: "" })?.metrics).toBeNull();
});

test("nothing is asked without a name, a number of days, or the day of the server", () => {
  expect(asked({ name: "  " })).toBeNull();
  expect(asked({ days: "一年" })).toBeNull();
  expect(asked({}, null)).toBeNull();
});
