import { describe, expect, it } from "vitest";
import {
  belowOf,
  bothOf,
  figureInput,
  figureRows,
  type FigureRow,
  isBlank,
  isChanged,
  isCorrection,
  isToSend,
  keptOf,
  reduceFigures,
  saidOf,
  unreadable,
} from "./figure-state";
import { pastedFigures } from "./paste-figures";
import type { FigureMetricData, SaidData } from "./queries";

const OF = { department: "unit", period: "2025-08" };

function metric(code: string, more: Partial<FigureMetricData> = {}): FigureMetricData {
  return {
    id: `id ${code}`,
    code,
    timeAggregation: "SUM",
    treeAggregation: "SUM",
    isAsked: true,
    figures: { parts: [] },
    before: { verified: "30", provisional: "32.5" },
    ...more,
  } as FigureMetricData;
}

function said(code: string, more: Partial<SaidData> = {}): SaidData {
  return {
    id: `${code} ${more.revision ?? 1}`,
    revision: 1,
    kind: "AMOUNT",
    value: "12",
    base: null,
    things: [],
    runningTotal: null,
    state: "SUBMITTED",
    metric: { id: `id ${code}` },
    ...more,
  } as SaidData;
}

const rowsOf = (metrics: readonly FigureMetricData[], now: readonly SaidData[] = []): FigureRow[] =>
  figureRows(metrics, { now, before: [] }, {});

function typed(row: FigureRow, patch: Partial<FigureRow["typed"]>): FigureRow {
  const [next = row] = reduceFigures([row], { type: "write", code: row.metric.code, typed: patch });
  return next;
}

function first(rows: readonly FigureRow[]): FigureRow {
  const [row] = rows;
  if (row === undefined) throw new Error("there is a row");
  return row;
}

describe("a figure", () => {
  const row = first(rowsOf([metric("M1")]));

  it("that is left blank is missing and is not sent; zero is sent", () => {
    expect([isBlank(row), isToSend(row)]).toEqual([true, false]);
    const zero = typed(row, { month: "0" });
    expect([isBlank(zero), isToSend(zero)]).toEqual([false, true]);
    expect(figureInput(zero, OF)).toMatchObject({ value: "0", expectedVersion: null });
  });

  it("that does not apply says so and no number", () => {
    const none = typed(row, { isNotApplicable: true });
    expect(isToSend(none)).toBe(true);
    const input = figureInput(none, OF);
    expect(input).toMatchObject({ isNotApplicable: true });
    expect("value" in input).toBe(false);
  });

  it("is shown as the month and as the running total, whichever is typed", () => {
    expect(bothOf(typed(row, { month: "2.5" }))).toEqual({ month: "2.5", total: "35" });
    const total = typed(row, { total: "40", by: "total" });
    expect(bothOf(total)).toEqual({ month: "7.5", total: "40" });
    expect(figureInput(total, OF)).toMatchObject({ runningTotal: "40" });
  });

  it("that nobody can read is not sent, and stays as typed", () => {
    const words = typed(row, { month: "约三十" });
    expect([unreadable(words), isToSend(words), words.typed.month]).toEqual([
      "month",
      false,
      "约三十",
    ]);
  });

  it("of a ratio goes with its base, and a list of names as names", () => {
    const ratio = first(rowsOf([metric("M2", { treeAggregation: "RATIO" })]));
    expect(figureInput(typed(ratio, { month: "15", base: "1万" }), OF)).toMatchObject({
      value: "15",
      base: "10000",
    });
    const names = first(rowsOf([metric("M3", { treeAggregation: "DISTINCT" })]));
    const input = figureInput(typed(names, { names: "郑州、洛阳" }), OF);
    expect(input).toMatchObject({ things: ["郑州", "洛阳"] });
    expect(figureInput(typed(names, { month: "0" }), OF)).toMatchObject({ things: [] });
  });
});

describe("what was handed in", () => {
  it("is shown as it stands, and asks for a reason when it is corrected", () => {
    const old = said("M1");
    const newer = said("M1", { revision: 2, value: "13" });
    const row = first(rowsOf([metric("M1")], [newer, old]));
    expect([row.typed.month, isToSend(row), isCorrection(row)]).toEqual(["13", false, false]);
    const mended = typed(row, { month: "14", reason: " 漏计 " });
    expect(isCorrection(mended)).toBe(true);
    expect(figureInput(mended, OF)).toMatchObject({ expectedVersion: 2, reason: "漏计" });
  });

  it("and then refused keeps what is typed with the words of the server", () => {
    const row = typed(first(rowsOf([metric("M1")])), { total: "3", by: "total" });
    const error = { code: "MEASUREMENT_TOTAL_FALLS", path: ["runningTotal"], message: "小于" };
    const [refused = row] = reduceFigures([row], {
      type: "answered",
      code: "M1",
      answer: { measurement: null, userErrors: [error] },
    });
    expect([refused.typed.total, refused.errors, refused.handing]).toEqual([
      "3",
      [error],
      "refused",
    ]);
  });

  it("by somebody else meanwhile is a conflict until one of both is chosen", () => {
    const row = typed(first(rowsOf([metric("M1")])), { month: "5" });
    const error = { code: "CONFLICT", path: ["expectedVersion"], message: "已更新" };
    const lost = reduceFigures([row], {
      type: "answered",
      code: "M1",
      answer: { measurement: null, userErrors: [error] },
    });
    const seen = reduceFigures(lost, { type: "reloaded", said: [said("M1")] });
    expect([first(seen).typed.month, isToSend(first(seen))]).toEqual(["5", false]);
    const mine = first(reduceFigures(seen, { type: "keepTyped", code: "M1" }));
    expect([mine.typed.month, isToSend(mine), isCorrection(mine)]).toEqual(["5", true, true]);
    const theirs = first(reduceFigures(seen, { type: "takeStored", code: "M1" }));
    expect([theirs.typed.month, isToSend(theirs)]).toEqual(["12", false]);
  });
});

describe("what was taken back or rejected", () => {
  const [first1, second] = [
    said("M1"),
    said("M1", { revision: 2, value: "99", state: "WITHDRAWN" }),
  ];

  it("leaves what was said before in the cells, which a correction with its reason replaces", () => {
    const row = first(rowsOf([metric("M1")], [second, first1]));
    expect([row.stands, saidOf(row), row.typed.month]).toEqual([first1, first1, "12"]);
    expect([isToSend(row), isChanged(row)]).toEqual([false, false]);
    const mended = typed(row, { month: "13" });
    expect([isToSend(mended), isCorrection(mended)]).toEqual([true, true]);
    expect(figureInput(mended, OF)).toMatchObject({ value: "13", expectedVersion: 2 });
  });

  it("is missing where nothing was said before, and asks for no reason", () => {
    const row = first(rowsOf([metric("M1")], [{ ...second, revision: 1 }]));
    expect([row.stands, saidOf(row), isBlank(row)]).toEqual([null, null, true]);
    expect(isCorrection(typed(row, { month: "13" }))).toBe(false);
  });

  it("stays in the cells to be mended when it was rejected, beside what counts", () => {
    const verified = said("M1", { state: "VERIFIED" });
    const rejected = said("M1", { revision: 2, value: "99", state: "REJECTED" });
    const row = first(rowsOf([metric("M1")], [rejected, verified]));
    expect([row.stands, saidOf(row), row.typed.month]).toEqual([verified, rejected, "99"]);
  });

  it("is not what the month before said", () => {
    const before = [second, first1];
    const row = first(figureRows([metric("M1")], { now: [], before }, {}));
    expect(row.previous).toBe(first1);
  });
});

describe("what this browser keeps", () => {
  it("comes back, and is a conflict where another revision came since", () => {
    const rows = [typed(first(rowsOf([metric("M1")])), { month: "5" })];
    const kept = keptOf(rows);
    const again = figureRows([metric("M1")], { now: [], before: [] }, kept);
    expect([first(again).typed.month, first(again).handing]).toEqual(["5", "idle"]);
    const late = figureRows([metric("M1")], { now: [said("M1")], before: [] }, kept);
    expect([first(late).typed.month, first(late).handing]).toEqual(["5", "conflict"]);
  });
});

describe("a unit", () => {
  it("has the units below that are asked, none where nothing is read", () => {
    const department = { id: "a", code: "410102", shortName: "中原区" };
    const figures = { parts: [{ department }] };
    expect(belowOf(metric("M1", { figures }))).toEqual([department]);
    expect(belowOf(metric("M1", { figures: null }))).toEqual([]);
  });
});

describe("a pasted column", () => {
  const rows = rowsOf([
    metric("M1"),
    metric("M2", { treeAggregation: "RATIO" }),
    metric("M3", { treeAggregation: "DISTINCT" }),
  ]);
  it("goes down the figures, a second one into total or base, empty cells into none", () => {
    const at = { index: 0, column: "month" } as const;
    expect(pastedFigures("12\r\n\r\n郑州\r\n9\r\n", at, rows)).toEqual([
      { code: "M1", typed: { isNotApplicable: false, month: "12", by: "month" } },
      { code: "M3", typed: { isNotApplicable: false, names: "郑州", month: "" } },
    ]);
    expect(pastedFigures("\t40\n3\t20", at, rows)).toEqual([
      { code: "M1", typed: { isNotApplicable: false, total: "40", by: "total" } },
      { code: "M2", typed: { isNotApplicable: false, month: "3", by: "month", base: "20" } },
    ]);
  });

  it("is none where a single cell or a list of names is pasted", () => {
    expect(pastedFigures("12", { index: 0, column: "month" }, rows)).toBeNull();
    expect(pastedFigures("郑州\n洛阳", { index: 2, column: "names" }, rows)).toBeNull();
  });
});
