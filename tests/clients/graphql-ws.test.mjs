// graphql-ws: every kind of operation over one socket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import * as office from "./lib/office.mjs";

let token = null;
const client = createClient({
  url: office.SOCKET,
  webSocketImpl: WebSocket,
  connectionParams: () => ({ token }),
  retryAttempts: 0,
});

before(async () => {
  token = await office.officer();
});
after(() => client.dispose());

async function all(query, variables) {
  const results = [];
  for await (const result of client.iterate({ query, variables })) results.push(result);
  return results;
}

test("a query is answered and over", async () => {
  const [result, ...more] = await all(office.PLAN, office.PLAN_2025);
  assert.deepEqual(result.data, { plan: { year: 2025, code: "2025" } });
  assert.equal(more.length, 0);
});

test("a mutation beyond the caller's right is refused with a code", async () => {
  const errors = await new Promise((resolve, reject) => {
    client.subscribe({ query: office.REFUSED }, { next: reject, error: resolve, complete: reject });
  });
  assert.equal(errors[0].extensions.code, "FORBIDDEN");
});

test("a subscription is told of what happens", async () => {
  const change = await office.firstChange(token, ({ next, error }) =>
    client.subscribe({ query: office.CHANGES }, { next, error, complete: () => undefined }),
  );
  assert.deepEqual(change, { action: "task.handed_out", isOfOurs: true });
});

test("whoever has no token is closed out", async () => {
  const stranger = createClient({ url: office.SOCKET, webSocketImpl: WebSocket, retryAttempts: 0 });
  const closed = new Promise((resolve, reject) => {
    stranger.subscribe({ query: office.CHANGES }, { next: reject, error: resolve, complete: reject });
  });
  assert.equal((await closed).code, 4403);
});
