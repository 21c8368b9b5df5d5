// What changed in the schema since the last release (`schema.base.graphql`): nothing goes before its time.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { CriticalityLevel, diff } from "@graphql-inspector/core";
import { buildSchema, getNamedType, isEnumType, isInputObjectType, isInterfaceType, isObjectType } from "graphql";

const read = (path) => readFile(new URL(path, import.meta.url), "utf8");
const [base, now] = await Promise.all(["schema.base.graphql", "../../schema.graphql"].map(read));

/** How a deprecation says until when it stays. */
const TERM = /Use .+\. Stays until (\d{4}-\d{2}-\d{2})\.$/;

/** Changes that break programs, but for what was deprecated in the last release and whose day is over. */
async function breaking(before, after, today = new Date().toISOString().slice(0, 10)) {
  const [earlier, later] = [buildSchema(before), buildSchema(after)];
  const members = membersOf(earlier);
  const over = new Set(members.filter(({ reason }) => TERM.exec(reason ?? "")?.[1] < today).map(({ path }) => path));
  const isGone = ({ path, parent }) => over.has(path) || later.getType(parent) === undefined;
  // A type may go with the last member that led to it.
  const isOver = (path) => {
    const uses = members.filter(({ type }) => type === path);
    return over.has(path) || (uses.length > 0 && uses.every(isGone));
  };
  const changes = await diff(earlier, later);
  return changes
    .filter(({ criticality, path }) => criticality.level === CriticalityLevel.Breaking && !isOver(path))
    .map(({ message, path }) => `${path}: ${message}`);
}

/** Fields, arguments and values of a schema, each with its type and why it is deprecated. */
function membersOf(schema) {
  const found = [];
  for (const parent of Object.values(schema.getTypeMap())) {
    if (parent.name.startsWith("__")) continue;
    const add = (path, { type, deprecationReason: reason }) =>
      found.push({ path, parent: parent.name, type: type && getNamedType(type).name, reason });
    if (isEnumType(parent)) for (const value of parent.getValues()) add(`${parent.name}.${value.name}`, value);
    if (!isObjectType(parent) && !isInterfaceType(parent) && !isInputObjectType(parent)) continue;
    for (const field of Object.values(parent.getFields())) {
      const path = `${parent.name}.${field.name}`;
      add(path, field);
      for (const argument of field.args ?? []) add(`${path}.${argument.name}`, argument);
    }
  }
  return found;
}

test("nothing breaks programs that were written for the last release", async () => {
  assert.deepEqual(await breaking(base, now), []);
});

test("a deprecation says what to use instead, and until when it stays", () => {
  const unclear = membersOf(buildSchema(now)).filter(({ reason }) => reason != null && !TERM.test(reason));
  assert.deepEqual(unclear, []);
});

test("what is deprecated may go when its day is over, and nothing else", async () => {
  const schema = (fields) => `type Query { ${fields} }`;
  const old = 'old: Int @deprecated(reason: "Use `new`. Stays until 2026-03-31.")';
  const [before, after] = [schema(`${old} new: Int`), schema("new: Int")];
  assert.deepEqual(await breaking(before, after, "2026-04-01"), []);
  assert.equal((await breaking(before, after, "2026-03-31")).length, 1);
  assert.equal((await breaking(schema("old: Int new: Int"), after)).length, 1);
  assert.equal((await breaking(after, schema("new: String"))).length, 1);
  assert.deepEqual(await breaking(after, before), []);

  const typed = `type Old { of: Int } ${schema(`${old.replace("Int", "Old")} new: Int`)}`;
  assert.deepEqual(await breaking(typed, after, "2026-04-01"), []);
  const kept = `type Old { of: Int } ${schema("old: Old new: Int")}`;
  assert.equal((await breaking(kept, after, "2026-04-01")).length, 2);
});
