import { expect, test } from "vitest";
import { deviceOf } from "./device";

test("a browser is named with its system, anything else by its own name", () => {
  const edge =
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0";
  expect(deviceOf(edge)).toBe("Edge · Windows");
  const phone =
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Mobile Safari/537.36";
  expect(deviceOf(phone)).toBe("Chrome · Android");
  expect(deviceOf("curl/8.5.0")).toBe("curl/8.5.0");
  expect(deviceOf("")).toBeNull();
});
