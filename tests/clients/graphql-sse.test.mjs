// graphql-sse, in both modes: one connection an operation, and one for all.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { createClient } from "graphql-sse";
import * as office from "./lib/office.mjs";

let token = null;
before(async () => {
  token = await office.officer();
});

const modes = [
  { name: "distinct connections", url: office.ENDPOINT, singleConnection: false },
  { name: "a single connection", url: office.STREAM, singleConnection: true },
];

for (const { name, url, singleConnection } of modes) {
  const connect = (headers) => createClient({ url, singleConnection, headers, retryAttempts: 0 });
  const authorized = () => connect(() => ({ authorization: `Bearer ${token}` }));

  async function all(client, query, variables) {
    const results = [];
    for await (const result of client.iterate({ query, variables })) results.push(result);
    return results;
  }

  test(`${name}: a query is answered and over`, async () => {
    const client = authorized();
    const [result, ...more] = await all(client, office.PLAN, office.PLAN_2025);
    assert.deepEqual(result.data, { plan: { year: 2025, code: "2025" } });
    assert.equal(more.length, 0);
    client.dispose();
  });

  test(`${name}: a mutation beyond the caller's right is refused`, async () => {
    const client = authorized();
    const refused = all(client, office.REFUSED).then(
      ([result]) => result.errors[0].extensions.code,
      // By a connection of its own it has a status.
      (error) => (error.response.status === 403 ? "FORBIDDEN" : String(error.response.status)),
    );
    assert.equal(await refused, "FORBIDDEN");
    client.dispose();
  });

  test(`${name}: what is not valid says so`, async () => {
    const client = authorized();
    const [result] = await all(client, "{ planz }");
    assert.equal(result.errors[0].extensions.code, "GRAPHQL_VALIDATION_FAILED");
    client.dispose();
  });

  test(`${name}: a subscription is told of what happens`, async () => {
    const client = authorized();
    const change = await office.firstChange(token, ({ next, error }) =>
      client.subscribe({ query: office.CHANGES }, { next, error, complete: () => undefined }),
    );
    assert.deepEqual(change, { action: "task.handed_out", isOfOurs: true });
    client.dispose();
  });

  test(`${name}: whoever has no token is refused`, async () => {
    const client = connect({});
    await assert.rejects(all(client, office.CHANGES), (error) => error.response.status === 401);
    client.dispose();
  });
}
