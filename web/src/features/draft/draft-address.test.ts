import { describe, expect, it } from "vitest";
import { reviewUrl, viewOf } from "./draft-address";

describe("viewOf", () => {
  it("reads what the address says and leaves out what it does not know", () => {
    expect(viewOf(new URLSearchParams("step=check"))).toMatchObject({ step: "check" });
    expect(viewOf(new URLSearchParams("step=other&panel=x"))).toEqual({
      step: "review",
      panel: null,
      task: null,
    });
  });

  it("finds its own addresses again", () => {
    const [, search = ""] = reviewUrl("2025B", "2025B-K05").split("?");
    expect(viewOf(new URLSearchParams(search))).toEqual({
      step: "review",
      panel: "items",
      task: "2025B-K05",
    });
  });
});
