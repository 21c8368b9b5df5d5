import { describe, expect, it } from "vitest";
import {
  ancestorIds,
  buildTree,
  countBelow,
  moveFor,
  visibleRows,
  type TreeDepartment,
} from "./tree";

const department = (code: string, name: string, parent: string | null, position = 0) =>
  ({
    id: code,
    code,
    name,
    shortName: name,
    otherNames: [],
    position,
    parent: parent === null ? null : { id: parent },
  }) satisfies TreeDepartment;

const tree = buildTree([
  department("410225", "兰考县科协", "4102", 2),
  department("4102", "开封市科协", "41", 3),
  department("41", "河南省科协", null),
  department("BGS", "办公室", "41", 1),
  department("410221", "杞县科协", "4102", 1),
  department("4103", "洛阳市科协", "41", 4),
]);
const codes = (expanded: readonly string[], query = ""): string[] =>
  visibleRows(tree, new Set(expanded), query).map((row) => row.department.code);

describe("visibleRows", () => {
  it("shows what is expanded, in the order of the register", () => {
    expect(codes([])).toEqual(["41"]);
    expect(codes(["41"])).toEqual(["41", "BGS", "4102", "4103"]);
    expect(codes(["41", "4102"])).toEqual(["41", "BGS", "4102", "410221", "410225", "4103"]);
  });

  it("keeps the ancestors of what the search finds, opened", () => {
    const rows = visibleRows(tree, new Set(), "兰考");
    expect(rows.map((row) => row.department.code)).toEqual(["41", "4102", "410225"]);
    expect(rows.map((row) => row.isMatch)).toEqual([false, false, true]);
    expect(rows.map((row) => row.isExpanded)).toEqual([true, true, false]);
  });

  it("searches by code and finds nothing when nothing fits", () => {
    expect(codes([], "bgs")).toEqual(["41", "BGS"]);
    expect(codes([], "无此单位")).toEqual([]);
  });

  it("tells level and place for assistive technology", () => {
    const row = visibleRows(tree, new Set(["41", "4102"]), "").find(
      (one) => one.department.code === "410225",
    );
    expect(row).toMatchObject({ level: 3, place: 2, siblings: 2, isExpandable: false });
  });
});

describe("ancestorIds", () => {
  it("goes up to the root and survives a ring", () => {
    expect(ancestorIds(tree, "410225")).toEqual(["41", "4102"]);
    const ring = buildTree([department("a", "甲", "b"), department("b", "乙", "a")]);
    expect(ancestorIds(ring, "a")).toEqual(["b"]);
  });
});

describe("countBelow", () => {
  it("counts a kind at any depth", () => {
    const kinds = buildTree([
      { ...department("41", "省", null), kind: "P" },
      { ...department("4102", "市", "41"), kind: "M" },
      { ...department("410225", "县", "4102"), kind: "C" },
      { ...department("410221", "县二", "4102"), kind: "C" },
    ]);
    expect(countBelow(kinds, "41", "C")).toBe(2);
    expect(countBelow(kinds, "410225", "C")).toBe(0);
  });
});

describe("moveFor", () => {
  const rows = visibleRows(tree, new Set(["41"]), "");

  it("walks, opens and closes by the arrow keys", () => {
    expect(moveFor(rows, "41", "ArrowDown")).toEqual({ kind: "focus", id: "BGS" });
    expect(moveFor(rows, "41", "ArrowUp")).toBeNull();
    expect(moveFor(rows, "4102", "ArrowRight")).toEqual({ kind: "expand", id: "4102" });
    expect(moveFor(rows, "41", "ArrowRight")).toEqual({ kind: "focus", id: "BGS" });
    expect(moveFor(rows, "41", "ArrowLeft")).toEqual({ kind: "collapse", id: "41" });
    expect(moveFor(rows, "4103", "ArrowLeft")).toEqual({ kind: "focus", id: "41" });
    expect(moveFor(rows, "BGS", "End")).toEqual({ kind: "focus", id: "4103" });
    expect(moveFor(rows, "4103", "Home")).toEqual({ kind: "focus", id: "41" });
    expect(moveFor(rows, "BGS", "ArrowRight")).toBeNull();
    expect(moveFor(rows, "BGS", "x")).toBeNull();
  });
});
