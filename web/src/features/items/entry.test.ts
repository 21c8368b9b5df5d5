import { expect, test } from "vitest";
import { EMPTY_ITEM, inputOf } from "./entry";

test("what is left empty is not sent, and the lead does not support", () => {
  const entry = { ...EMPTY_ITEM, source: "办公会", title: "活动", lead: "a", support: ["a", "b"] };
  expect(inputOf(entry)).toEqual({
    kind: "MEETING",
    source: "办公会",
    title: "活动",
    lead: "a",
    support: ["b"],
  });
  const dated = inputOf({ ...entry, sourceOn: "2025-03-14", deadline: "2025-05-30", text: "全文" });
  expect(dated).toMatchObject({ sourceOn: "2025-03-14", deadline: "2025-05-30", text: "全文" });
});
