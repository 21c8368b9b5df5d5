import { expect, test } from "vitest";
import type { TaskAmendmentsData } from "./queries";
import { changesOf, inputOf, wishOf } from "./wish";

const TASK = {
  id: "T",
  code: "2025-09",
  version: 4,
  title: "品牌活动",
  text: "办好品牌活动。",
  deadline: "2025-11-30",
  assignments: {
    edges: [
      { node: { id: "A1", role: "LEAD", department: { id: "D1", shortName: "学会部" } } },
      { node: { id: "A2", role: "SUPPORT", department: { id: "D2", shortName: "科普部" } } },
    ],
  },
  metrics: {
    edges: [
      {
        node: {
          id: "M1",
          code: "2025-09-M1",
          name: "活动",
          comparator: "AT_LEAST",
          value: "40",
          unit: "场",
          isEvidenceAsked: false,
        },
      },
    ],
  },
  milestones: {
    edges: [
      { node: { id: "S1", title: "半程", dueOn: "2025-06-30", state: "OPEN" } },
      { node: { id: "S2", title: "启动", dueOn: null, state: "DONE" } },
    ],
  },
  life: { viewerCanAmend: true, viewerCanDecideAmendment: false, amendments: [] },
} as unknown as TaskAmendmentsData;

const nameOf = (id: string) => `部门${id}`;
const HEAD = { taskId: "T", expectedVersion: 4, reason: "调整" };

test("a wish that changes nothing sends nothing but its head", () => {
  const wish = wishOf(TASK);
  expect(inputOf(TASK, wish, "调整")).toEqual(HEAD);
  expect(changesOf(TASK, wish, nameOf)).toEqual([]);
  expect(wish.steps.map((one) => one.title)).toEqual(["半程"]);
});

test("departments, targets and milestones are sent when they differ, and shown old → new", () => {
  const wish = {
    ...wishOf(TASK),
    lead: "D2",
    support: ["D1", "D3"],
    targets: new Map([
      ["M1", { comparator: "AT_LEAST" as const, value: "45", isEvidenceAsked: true }],
    ]),
    steps: [
      { key: "S1", id: "S1", title: "半程", dueOn: "" },
      { key: "n", id: null, title: "终期评估", dueOn: "2025-12-01" },
      { key: "e", id: null, title: " ", dueOn: "" },
    ],
  };
  expect(inputOf(TASK, wish, "调整")).toEqual({
    ...HEAD,
    lead: "D2",
    support: ["D1", "D3"],
    targets: [{ metricId: "M1", comparator: "AT_LEAST", value: "45", isEvidenceAsked: true }],
    milestones: [
      { milestoneId: "S1", title: "半程", clearDueOn: true },
      { milestoneId: null, title: "终期评估", dueOn: "2025-12-01" },
    ],
  });
  const changes = changesOf(TASK, wish, nameOf);
  expect(changes.map((one) => one.field)).toEqual([
    "DEPARTMENTS",
    "TARGET",
    "MILESTONE",
    "MILESTONE",
  ]);
  expect(changes[0]?.new.support.map((one) => one.shortName)).toEqual(["部门D1", "部门D3"]);
  expect([changes[1]?.old?.value, changes[1]?.new.value]).toEqual(["40", "45"]);
  expect([changes[2]?.old?.date, changes[2]?.new.date]).toEqual(["2025-06-30", null]);
  expect(changes[3]?.old).toBeNull();
});
