import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { chosenOf, laidOut, operationsOf, variablesOf } from "./operations";
import { resultsIn } from "./run";
import { searchIn } from "./schema-search";

describe("what a text is", () => {
  const text = "query A { a } mutation B { b } subscription { c } fragment F on T { d }";
  test("its operations with their kind, fragments left out", () => {
    expect(operationsOf(text)).toEqual({
      operations: [
        { name: "A", kind: "query" },
        { name: "B", kind: "mutation" },
        { name: "", kind: "subscription" },
      ],
      error: null,
    });
  });
  test("why it is none", () => {
    const { operations, error } = operationsOf("query {");
    expect(operations).toEqual([]);
    expect(error).toMatch(/^Syntax Error/);
    expect(operationsOf("").error).not.toBeNull();
  });
  test("the one chosen is run, else the first: a mutation is never taken for a query", () => {
    const { operations } = operationsOf(text);
    expect(chosenOf(operations, "B")?.kind).toBe("mutation");
    expect(chosenOf(operations, "gone")?.name).toBe("A");
    expect(chosenOf(operationsOf("mutation { b }").operations, "")?.kind).toBe("mutation");
    expect(chosenOf([], "A")).toBeNull();
  });
});

test("variables are one object or nothing", () => {
  expect(variablesOf('{ "a": 1 }')).toEqual({ a: 1 });
  expect(variablesOf(" ")).toBeUndefined();
  expect(["[1]", "null", "3", "{"].map(variablesOf)).toEqual([null, null, null, null]);
});

test("an answer is laid out; what is no JSON stays", () => {
  expect(laidOut('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(laidOut("Bad Gateway")).toBe("Bad Gateway");
});

describe("a stream of events", () => {
  const stream = ':\n\nevent: next\ndata: {"data":1}\n\nevent: next\ndata: {"da';
  test("tells whole results and keeps what has not ended", () => {
    const { results, rest } = resultsIn(stream);
    expect(results).toEqual(['{"data":1}']);
    expect(resultsIn(`${rest}ta":2}\r\n\r\nevent: complete\r\n\r\n`)).toEqual({
      results: ['{"data":2}'],
      rest: "",
    });
  });
});

test("types and fields are found by a part of their name, types first", () => {
  const schema = buildSchema("type Query { taskCount: Int task: Task } type Task { id: ID }");
  expect(searchIn(schema, " TASK ")).toEqual([
    { type: "Task", field: null },
    { type: "Query", field: "taskCount" },
    { type: "Query", field: "task" },
  ]);
  expect(searchIn(schema, "none")).toEqual([]);
  expect(searchIn(schema, "type").some((one) => one.type.startsWith("__"))).toBe(false);
});
