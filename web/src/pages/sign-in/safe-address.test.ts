import { describe, expect, it } from "vitest";
import { safeAddress } from "./safe-address";

describe("safeAddress", () => {
  it("keeps an address inside the client", () => {
    expect(safeAddress("/tasks?state=ASSIGNED#row")).toBe("/tasks?state=ASSIGNED#row");
  });

  it.each([
    "//evil.example/x",
    "/.//evil.example/x",
    "/\\evil.example",
    "https://evil.example",
    "javascript:alert(1)",
  ])("never leads away: %s", (asked) => {
    expect(safeAddress(asked)).toBe("/");
  });

  it("opens the overview when nothing or the sign-in itself was asked for", () => {
    expect(safeAddress(null)).toBe("/");
    expect(safeAddress("/sign-in?to=/tasks")).toBe("/");
  });
});
