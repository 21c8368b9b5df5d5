import { describe, expect, it } from "vitest";
import {
  facetCounts,
  filterTasks,
  groupTasks,
  sortTasks,
  taskListView,
  type TaskListItem,
} from "./list";

const sections = {
  one: { id: "s1", ordinal: "一", title: "甲章", position: 0, partIndex: 0 },
  two: { id: "s2", ordinal: "二", title: "乙章", position: 1, partIndex: 0 },
};

function task(number: number, change: Partial<TaskListItem> = {}): TaskListItem {
  return {
    id: `t${String(number)}`,
    code: `2025-${String(number).padStart(2, "0")}`,
    kind: "WORK_POINT",
    state: "DRAFT",
    light: { colour: "GREY" },
    title: `事项${String(number)}`,
    deadline: null,
    position: number,
    section: sections.one,
    lead: { code: "XH", shortName: "学会部" },
    plan: { code: "2025" },
    metrics: { totalCount: 0 },
    ...change,
  };
}

const tasks = [
  task(1, { metrics: { totalCount: 2 }, deadline: "2025-12-31" }),
  task(2, { section: sections.two, state: "COMPLETED", lead: null }),
  task(3, { lead: { code: "BG", shortName: "办公室" }, deadline: "2025-06-30" }),
  task(4, { kind: "KEY_TASK", section: null, code: "2025-K01" }),
];
const codes = (items: readonly TaskListItem[]) => items.map((item) => item.position);

describe("filterTasks", () => {
  it("passes what meets every filter", () => {
    expect(codes(filterTasks(tasks, {}))).toEqual([1, 2, 3, 4]);
    expect(codes(filterTasks(tasks, { section: "s1", metric: "no" }))).toEqual([3]);
    expect(codes(filterTasks(tasks, { metric: "yes" }))).toEqual([1]);
    expect(
      codes(filterTasks(tasks, { kinds: ["KEY_TASK"], states: ["DRAFT", "ASSIGNED"] })),
    ).toEqual([4]);
  });
});

describe("sortTasks", () => {
  it("leaves what is not stated to the end in either direction", () => {
    expect(codes(sortTasks(tasks, "deadline", false))).toEqual([3, 1, 2, 4]);
    expect(codes(sortTasks(tasks, "deadline", true))).toEqual([1, 3, 2, 4]);
    expect(codes(sortTasks(tasks, "section", true))).toEqual([2, 1, 3, 4]);
  });

  it("sorts states by the life of a task and equals by the plan", () => {
    expect(codes(sortTasks([...tasks].reverse(), "state", false))).toEqual([1, 3, 4, 2]);
  });

  it("puts the newest plan first", () => {
    const older = task(0, { plan: { code: "2024" } });
    expect(codes(sortTasks([older, ...tasks], "position", false))).toEqual([1, 2, 3, 4, 0]);
  });
});

describe("groupTasks", () => {
  it("follows the plan and ends with tasks outside any section", () => {
    const groups = groupTasks(tasks, "section");
    expect(groups.map((group) => [group.key, codes(group.items)])).toEqual([
      ["s1", [1, 3]],
      ["s2", [2]],
      ["kind:KEY_TASK", [4]],
    ]);
  });

  it("names the busiest department first and tasks without one last", () => {
    expect(groupTasks(tasks, "department").map((group) => group.key)).toEqual(["XH", "BG", ""]);
  });

  it("makes one group of all", () => {
    expect(groupTasks(tasks, "none")).toHaveLength(1);
    expect(groupTasks([], "none")).toEqual([]);
  });
});

describe("facetCounts", () => {
  it("counts a facet under the other filters only", () => {
    const counts = facetCounts(tasks, { states: ["COMPLETED"], section: "s1" }, "states");
    expect([...counts]).toEqual([["DRAFT", 2]]);
  });
});

describe("taskListView", () => {
  it("reads lists, and leaves out what it does not know", () => {
    const view = taskListView(
      new URLSearchParams("kind=KEY_TASK,WORK_POINT&role=LEAD&group=state&sort=colour&order=desc"),
    );
    expect(view).toMatchObject({
      kinds: ["KEY_TASK", "WORK_POINT"],
      states: undefined,
      lights: undefined,
      role: "LEAD",
      text: "",
      group: "state",
      sort: "position",
      isDescending: true,
    });
  });
});
