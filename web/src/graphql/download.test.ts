import { expect, test } from "vitest";
import { nameOf } from "./download";

test.each([
  [`attachment; filename="form.xlsx"; filename*=UTF-8''%E6%9C%88%E6%8A%A5.xlsx`, "月报.xlsx"],
  [`attachment; filename="form.csv"`, "form.csv"],
  [null, ""],
])("the name in %s is %s", (disposition, name) => {
  expect(nameOf(disposition)).toBe(name);
});
