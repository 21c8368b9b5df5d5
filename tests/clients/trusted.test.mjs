// A server that runs the operations of our own web client alone: those, by their ids, and nothing else.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { OFFICER } from "./lib/office.mjs";

const manifest = new URL("../../web/dist/operations.json", import.meta.url);
const operations = Object.entries(JSON.parse(readFileSync(manifest, "utf8")));
const idOf = (name) => operations.find(([, text]) => new RegExp(`^\\w+ ${name}\\b`).test(text))[0];

async function send(body, token) {
  const headers = { "content-type": "application/json" };
  if (token !== undefined) headers.authorization = `Bearer ${token}`;
  const url = `${process.env.DUBAN_TRUSTING_URL}/graphql`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  const { data, errors = [] } = await response.json();
  return { status: response.status, data, codes: errors.map((error) => error.extensions.code) };
}

test("every operation of the client is known by its id", async () => {
  assert.ok(operations.length > 100, `${operations.length} operations`);
  for (const [id, text] of operations) {
    const { codes } = await send({ documentId: id });
    assert.ok(!codes.includes("PERSISTED_QUERY_NOT_FOUND"), text.slice(0, 40));
    assert.ok(!codes.includes("GRAPHQL_PARSE_FAILED"), text.slice(0, 40));
  }
});

test("whoever signs in by them reads by them, and by no other", async () => {
  const signedIn = await send({ documentId: idOf("SignIn"), variables: OFFICER });
  assert.deepEqual(signedIn.codes, []);
  const token = signedIn.data.signIn.accessToken;
  const read = await send({ documentId: idOf("RefreshSession") }, token);
  assert.equal(read.status, 200);
  for (const bearer of [token, undefined]) {
    const own = await send({ query: "{ __typename }" }, bearer);
    assert.deepEqual([own.status, own.codes], [403, ["OPERATION_NOT_TRUSTED"]]);
  }
});
