// Relay: its compiler takes the schema for one of its own, and what it writes for lists that grow is answered.
import assert from "node:assert/strict";
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import * as story from "./lib/story.mjs";

const compiler = createRequire(import.meta.url).resolve("relay-compiler/cli.js");
let folder;

before(async () => {
  folder = await mkdtemp(join(tmpdir(), "duban-relay-"));
  await cp(fileURLToPath(new URL("relay", import.meta.url)), folder, { recursive: true });
  await cp(story.inRepository("schema.graphql"), join(folder, "schema.graphql"));
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
  await mkdir(join(folder, "generated"));
  const compiled = await story.run(process.execPath, [compiler], { cwd: folder });
  assert.equal(compiled.code, 0, compiled.said);
});
after(() => rm(folder, { recursive: true, force: true }));

/** The text of an operation that the compiler wrote. */
async function textOf(name) {
  const file = pathToFileURL(join(folder, "generated", `${name}.graphql.js`));
  return (await import(file)).default.params.text;
}

const asked = async (name, variables) => story.askAs("demo-officer", await textOf(name), variables);

test("fragments, connections and refetchable queries are compiled", async () => {
  const written = await readdir(join(folder, "generated"));
  assert.ok(written.length >= 8, written.join(" "));
});

test("a list grows by the query that the compiler made of its fragment", async () => {
  const { tasks } = await asked("TasksQuery", { count: 3 });
  const codes = ({ edges }) => edges.map(({ node }) => node.code);
  assert.deepEqual(codes(tasks), ["2025-01", "2025-02", "2025-03"]);
  assert.equal(tasks.pageInfo.hasNextPage, true);
  const next = await asked("TasksPageQuery", { count: 3, cursor: tasks.pageInfo.endCursor });
  assert.deepEqual(codes(next.tasks), ["2025-04", "2025-05", "2025-06"]);
});

test("a list of an object grows by asking the object again by its id", async () => {
  const { task } = await asked("TaskMetricsQuery", { task: "2025-19" });
  const cursor = task.metrics.pageInfo.endCursor;
  const { node } = await asked("TaskMetricsPageQuery", { id: task.id, count: 5, cursor });
  const codes = [...task.metrics.edges, ...node.metrics.edges].map((edge) => edge.node.code);
  assert.deepEqual(codes, ["2025-19-M1", "2025-19-M2"]);
  assert.equal(node.metrics.pageInfo.hasNextPage, false);
});

test("a mutation whose object is put at the end of a list is answered", async () => {
  const input = { kind: "MEETING", title: "演示事项", source: "演示会议", lead: "XXB" };
  const { createTask } = await asked("TasksAddMutation", { input });
  assert.deepEqual([createTask.userErrors, createTask.task.state], [[], "DRAFT"]);
});
