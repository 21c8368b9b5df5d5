import { describe, expect, it } from "vitest";
import { documentBlocks, openingClauses, type ClauseFacts } from "./document";
import { blockMarks, type MetricFacts, withFigures } from "./marks";

function clause(position: number, block: number, task: string | null, metrics: MetricFacts[] = []) {
  const facts: ClauseFacts = {
    id: `clause-${String(position)}`,
    kind: "SENTENCE",
    block,
    position,
    text: "句。",
    start: position * 2,
    end: position * 2 + 2,
    partIndex: 0,
    section: null,
    task: task === null ? null : { id: task },
  };
  return { ...facts, metrics: { edges: metrics.map((node) => ({ node })) } };
}

const metric = { id: "m1", code: "2025-01-M1", task: { id: "t1", code: "2025-01" } };
const clauses = [
  clause(0, 0, null),
  clause(1, 1, "t1"),
  clause(2, 1, "t1", [metric]),
  clause(3, 2, "t2"),
  clause(4, 3, null, [{ id: "m2", code: "2025-M1", task: null }]),
];
const blocks = documentBlocks(clauses, "句。".repeat(5), null);

describe("blockMarks", () => {
  const marks = blockMarks(blocks, [{ id: "t1" }, { id: "t2" }], openingClauses(blocks));

  it("puts a task at its first sentence and a metric at the sentence that states it", () => {
    expect(
      [...marks].map(([key, list]) => [key, list.map((mark) => [mark.key, mark.anchor])]),
    ).toEqual([
      [
        1,
        [
          ["t1", "c1"],
          ["m1", "c2"],
        ],
      ],
      [2, [["t2", "c3"]]],
      [3, [["m2", "c4"]]],
    ]);
  });

  it("joins a task with all its sentences and a metric with its own", () => {
    expect(marks.get(1)?.map((mark) => mark.joins)).toEqual([
      ["c1", "c2"],
      ["c2", "m1"],
    ]);
  });

  it("numbers tasks through the document", () => {
    const numbers = [...marks.values()].flat().map((mark) => mark.kind === "task" && mark.number);
    expect(numbers).toEqual([1, false, 2, false]);
  });

  it("tells what is known of a metric, and stays the same while nothing is", () => {
    expect(withFigures(marks, new Map())).toBe(marks);
    const known = withFigures(marks, new Map([["m1", { verified: "3" }]]));
    const metrics = [...known.values()].flat().filter((mark) => mark.kind === "metric");
    expect(metrics.map(({ metric }) => metric.figures)).toEqual([{ verified: "3" }, null]);
  });

  it("leaves out tasks that are not loaded yet", () => {
    expect(blockMarks(blocks, [], openingClauses(blocks)).get(2)).toBeUndefined();
  });
});
