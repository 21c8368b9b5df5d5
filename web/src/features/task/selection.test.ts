import { expect, it } from "vitest";
import { shownChosen } from "./selection";

it("leaves out what a filter hides, and keeps the order of the list", () => {
  const chosen = new Set(["2025-09", "2025-03", "2025-01"]);
  expect(shownChosen(["2025-01", "2025-02", "2025-03"], chosen)).toEqual(["2025-01", "2025-03"]);
});
