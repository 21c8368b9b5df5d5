// urql: plain, with automatic persisted queries, and with subscriptions over a stream of events.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Client, fetchExchange } from "@urql/core";
import { persistedExchange } from "@urql/exchange-persisted";
import * as office from "./lib/office.mjs";

let token = null;
const sent = [];

function client(...exchanges) {
  return new Client({
    url: office.ENDPOINT,
    preferGetMethod: false,
    fetchSubscriptions: true,
    fetch: (url, init) => {
      sent.push(init.body);
      return fetch(url, init);
    },
    fetchOptions: () => (token === null ? {} : { headers: { authorization: `Bearer ${token}` } }),
    exchanges: [...exchanges, fetchExchange],
  });
}

const plain = client();

before(async () => {
  const { data, error } = await plain.mutation(office.SIGN_IN, office.OFFICER).toPromise();
  assert.equal(error, undefined);
  token = data.signIn.accessToken;
});

test("a query is answered", async () => {
  const { data, error } = await plain.query(office.PLAN, office.PLAN_2025).toPromise();
  assert.equal(error, undefined);
  assert.deepEqual([data.plan.year, data.plan.code], [2025, "2025"]);
});

test("a mutation beyond the caller's right is refused with a code", async () => {
  const { error } = await plain.mutation(office.REFUSED, {}).toPromise();
  assert.equal(error.graphQLErrors[0].extensions.code, "FORBIDDEN");
});

test("automatic persisted queries are sent once, then by their digest", async () => {
  const persisting = client(persistedExchange({ preferGetForPersistedQueries: false }));
  const query = 'query UrqlPersisted { plan(id: "2025") { year } }';
  sent.length = 0;
  for (const expected of [2, 3]) {
    const { data, error } = await persisting.query(query, {}).toPromise();
    assert.equal(error, undefined);
    assert.equal(data.plan.year, 2025);
    assert.equal(sent.length, expected, sent.join("\n"));
  }
  assert.match(sent[1], /UrqlPersisted \{/);
  assert.doesNotMatch(sent[2], /UrqlPersisted \{/);
});

test("a subscription is told of what happens, over a stream of events", async () => {
  const change = await office.firstChange(token, (sink) => {
    const subscription = plain.subscription(office.CHANGES, {}).subscribe((result) => {
      if (result.error) sink.error(result.error);
      else sink.next(result);
    });
    return () => subscription.unsubscribe();
  });
  assert.deepEqual(change, { action: "task.handed_out", isOfOurs: true });
});
