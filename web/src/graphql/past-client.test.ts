import { expect, test } from "vitest";
import { withoutActs } from "./past-client";

test("on a day that is over nothing may be done, whatever the server says of today", () => {
  const answer = {
    viewer: { canCreateTasks: true },
    task: {
      code: "2025-09",
      viewerCanEdit: true,
      life: { viewerCanAmend: false, allowedTransitions: [{ transition: "ACCEPT" }] },
      parts: [{ viewerCanHandOut: true, isLate: true, lead: null }],
    },
  };
  expect(withoutActs(answer)).toEqual({
    viewer: { canCreateTasks: false },
    task: {
      code: "2025-09",
      viewerCanEdit: false,
      life: { viewerCanAmend: false, allowedTransitions: [] },
      parts: [{ viewerCanHandOut: false, isLate: true, lead: null }],
    },
  });
});
