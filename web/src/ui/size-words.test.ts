import { expect, it } from "vitest";
import { sizeWords } from "./size-words";

it.each([
  [512, "512 B"],
  [7532, "7.4 KB"],
  [20_480, "20 KB"],
  [12 * 1024 * 1024, "12 MB"],
])("says %i bytes as %s", (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});
