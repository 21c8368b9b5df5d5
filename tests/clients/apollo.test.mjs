// Apollo Client: plain, with automatic persisted queries, in batches, and with subscriptions over a socket.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache, gql } from "@apollo/client/core";
import { BatchHttpLink } from "@apollo/client/link/batch-http";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import { GraphQLWsLink } from "@apollo/client/link/subscriptions";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import * as office from "./lib/office.mjs";

let token = null;
const sent = [];
const http = (Link, extra = {}) =>
  new Link({
    uri: office.ENDPOINT,
    fetch: async (url, init) => {
      sent.push(init.body ?? url);
      return fetch(url, init);
    },
    ...extra,
  });

function client(link) {
  const authorized = new ApolloLink((operation, forward) => {
    if (token !== null) operation.setContext({ headers: { authorization: `Bearer ${token}` } });
    return forward(operation);
  });
  return new ApolloClient({ link: ApolloLink.from([authorized, link]), cache: new InMemoryCache() });
}

const plain = client(http(HttpLink));
const socket = createClient({
  url: office.SOCKET,
  webSocketImpl: WebSocket,
  connectionParams: () => ({ token }),
});

before(async () => {
  const mutation = gql(office.SIGN_IN);
  const { data } = await plain.mutate({ mutation, variables: office.OFFICER });
  token = data.signIn.accessToken;
});
after(() => socket.dispose());

test("a query is answered", async () => {
  const { data } = await plain.query({ query: gql(office.PLAN), variables: office.PLAN_2025 });
  assert.deepEqual([data.plan.year, data.plan.code], [2025, "2025"]);
});

test("a mutation beyond the caller's right is refused with a code", async () => {
  await assert.rejects(plain.mutate({ mutation: gql(office.REFUSED) }), (error) => {
    assert.match(JSON.stringify(error.errors ?? error.result ?? error.bodyText), /FORBIDDEN/);
    return true;
  });
});

test("automatic persisted queries are sent once, then by their digest, also by GET", async () => {
  const sha256 = (text) => createHash("sha256").update(text).digest("hex");
  for (const useGETForHashedQueries of [false, true]) {
    const link = new PersistedQueryLink({ sha256, useGETForHashedQueries });
    const persisting = client(link.concat(http(HttpLink)));
    const query = gql(`query Persisted${useGETForHashedQueries} { plan(id: "2025") { year } }`);
    sent.length = 0;
    for (const expected of [2, 3]) {
      const { data } = await persisting.query({ query, fetchPolicy: "network-only" });
      assert.equal(data.plan.year, 2025);
      assert.equal(sent.length, expected, sent.join("\n"));
    }
    assert.match(sent[1], /"query":/);
    assert.doesNotMatch(sent[2], /query Persisted|query%20Persisted/);
    if (useGETForHashedQueries) assert.match(sent[2], /^http.*extensions=/);
  }
});

test("operations of one moment come in one request", async () => {
  const batching = client(http(BatchHttpLink, { batchInterval: 20, batchMax: 10 }));
  sent.length = 0;
  const queries = ["2025", "1999", "2025"].map((id) =>
    batching.query({
      query: gql("query Batched($id: ID!) { plan(id: $id) { year } }"),
      variables: { id },
      context: { queryDeduplication: false },
    }),
  );
  const years = (await Promise.all(queries)).map(({ data }) => data.plan?.year ?? null);
  assert.deepEqual(years, [2025, null, 2025]);
  assert.equal(sent.length, 1);
});

test("a subscription is told of what happens", async () => {
  const live = client(new GraphQLWsLink(socket));
  const query = gql(office.CHANGES);
  const change = await office.firstChange(token, (sink) => {
    const subscription = live.subscribe({ query }).subscribe(sink);
    return () => subscription.unsubscribe();
  });
  assert.deepEqual(change, { action: "task.handed_out", isOfOurs: true });
});
