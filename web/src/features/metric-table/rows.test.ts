import { describe, expect, it } from "vitest";
import { filterMetrics, groupMetrics, leadsOf, type MetricRow } from "./rows";

const section = (ordinal: string, position: number) => ({
  id: ordinal,
  ordinal,
  title: `章${ordinal}`,
  position,
  partIndex: 0,
});
const row = (code: string, position: number, over: Partial<MetricRow> = {}): MetricRow => ({
  code,
  name: code,
  phrase: "",
  unit: "场",
  position,
  reportingLevel: "CITY",
  timeAggregation: "SUM",
  treeAggregation: "SUM",
  task: {
    code: "2025-01",
    title: "任务",
    kind: "WORK_POINT",
    lead: { code: "KPB", shortName: "科普部" },
    section: section("一", 0),
  },
  ...over,
});
const keyTask: MetricRow["task"] = {
  code: "2025-K09",
  title: "重点",
  kind: "KEY_TASK",
  lead: null,
  section: null,
};
const rows = [
  row("M4", 4, { task: null }),
  row("M3", 3, { task: keyTask }),
  row("M2", 2, {
    task: { ...keyTask, title: "任务", kind: "WORK_POINT", section: section("二", 1) },
  }),
  row("M1", 1, { reportingLevel: "COUNTY", timeAggregation: "LATEST" }),
];

describe("groupMetrics", () => {
  it("follows the chapters, then key tasks, then targets outside any point", () => {
    const groups = groupMetrics(rows);
    expect(groups.map((one) => one.section?.ordinal ?? one.kind)).toEqual([
      "一",
      "二",
      "KEY_TASK",
      null,
    ]);
    expect(groups.flatMap((one) => one.rows.map((metric) => metric.code))).toEqual([
      "M1",
      "M2",
      "M3",
      "M4",
    ]);
  });
});

describe("filterMetrics", () => {
  const codes = (filters: Parameters<typeof filterMetrics>[1]): string[] =>
    filterMetrics(rows, filters).map((one) => one.code);

  it("joins filters", () => {
    expect(codes({})).toHaveLength(4);
    expect(codes({ q: "重点" })).toEqual(["M3"]);
    expect(codes({ q: "m1 " })).toEqual(["M1"]);
    expect(codes({ lead: "KPB" })).toEqual(["M1"]);
    expect(codes({ level: "COUNTY", over: "LATEST" })).toEqual(["M1"]);
    expect(codes({ level: "COUNTY", over: "SUM" })).toEqual([]);
  });
});

describe("leadsOf", () => {
  it("counts each lead once", () => {
    expect(leadsOf(rows)).toEqual([{ code: "KPB", shortName: "科普部", count: 1 }]);
  });
});
