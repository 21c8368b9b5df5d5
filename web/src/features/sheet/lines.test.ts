import { describe, expect, it } from "vitest";
import { countsOf, linesIn, linesOf, notesOf } from "./lines";
import type { SheetCheckData, SheetFigureData, SheetFindingData, SheetRowData } from "./queries";

const finding = (cell: string | null, code: string): SheetFindingData => ({
  cell,
  row: cell === null ? null : Number(/\d+/u.exec(cell)?.[0]),
  severity: "ERROR",
  code,
  message: code,
});

const figure: SheetFigureData = {
  kind: "AMOUNT",
  value: "1",
  base: null,
  things: [],
  state: "SUBMITTED",
};

function row(number: number, more: Partial<SheetRowData>): SheetRowData {
  return {
    row: number,
    metricCode: "M1",
    outcome: "CHANGES",
    metric: null,
    department: null,
    before: null,
    after: figure,
    findings: [],
    ...more,
  };
}

const wrong = finding("G4", "FIGURE_APPROXIMATE");
const nameless = finding("B5", "SHEET_CODE_MISSING");
const heading = finding("C1", "SHEET_UNKNOWN_COLUMN");
const check: SheetCheckData = {
  fileName: "a.csv",
  isStamped: false,
  isBlocked: false,
  changed: 2,
  unchanged: 1,
  refused: 2,
  columns: [],
  findings: [heading, nameless, wrong],
  rows: [
    row(2, {}),
    row(3, { before: figure }),
    row(4, { outcome: "REFUSED", findings: [wrong] }),
    row(6, { outcome: "UNCHANGED", findings: [finding("G6", "SHEET_BLANK_KEEPS")] }),
  ],
};

describe("a checked file", () => {
  const lines = linesOf(check);

  it("has a line for each row, also for one that names no metric", () => {
    expect(lines.map((line) => [line.row, line.kind])).toEqual([
      [2, "fresh"],
      [3, "changed"],
      [4, "refused"],
      [5, "refused"],
      [6, "unchanged"],
    ]);
  });

  it("tells of its headings apart from its rows", () => {
    expect(notesOf(check)).toEqual([heading]);
  });

  it("is counted, new and corrected apart where all rows are known", () => {
    expect(countsOf(check, lines)).toEqual({
      fresh: 1,
      changed: 1,
      unchanged: 1,
      refused: 2,
      warned: 1,
      all: 5,
      isWhole: true,
    });
    const longer = countsOf({ ...check, changed: 5000 }, lines);
    expect([longer.fresh, longer.changed, longer.isWhole]).toEqual([0, 5000, false]);
  });

  it("is narrowed to what is looked for", () => {
    const rows = (view: Parameters<typeof linesIn>[0]) =>
      linesIn(view, lines).map((one) => one.row);
    expect(rows("findings")).toEqual([4, 5, 6]);
    expect(rows("takes")).toEqual([2, 3]);
    expect(rows("refused")).toEqual([4, 5]);
  });
});
