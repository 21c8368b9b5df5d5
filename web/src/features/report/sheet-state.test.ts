import { expect, test } from "vitest";
import { EMPTY_CELLS } from "./cells";
import type { SheetRowData } from "./queries";
import { draftsOf, isEditable, isUnsaved, reduce, rowsOf } from "./sheet-state";

const last = { ...EMPTY_CELLS, progress: "上月进展", selfAssessment: "ON_TRACK" } as const;
const typed = { ...EMPTY_CELLS, progress: "本月进展", selfAssessment: "ON_TRACK" } as const;

const loaded: readonly SheetRowData[] = [
  {
    role: "LEAD",
    task: { id: "t1", code: "2025-09", title: "学术活动" },
    report: null,
    previous: { id: "r0", ...last },
  },
];
const kept = { "2025-09": { cells: typed, version: null } };

test("a sheet that is written begins with the text of last month, under what was typed", () => {
  expect(rowsOf(loaded, {})[0]?.cells).toEqual(last);
  const rows = rowsOf(loaded, kept);
  expect(rows[0]?.cells).toEqual(typed);
  expect(draftsOf(rows)).toEqual(kept);
});

test("a sheet that is only read shows what is stored, takes no text and sends none", () => {
  const rows = rowsOf(loaded, {}, true);
  expect(rows.map(isEditable)).toEqual([false]);
  expect(rows[0]?.cells).toEqual(EMPTY_CELLS);
  const tried = reduce(rows, { type: "write", code: "2025-09", cells: { progress: "改" } });
  expect(tried[0]?.cells).toEqual(EMPTY_CELLS);
  expect(tried.some(isUnsaved)).toBe(false);
  expect(rowsOf(loaded, kept, true)[0]?.cells).toEqual(EMPTY_CELLS);
});
