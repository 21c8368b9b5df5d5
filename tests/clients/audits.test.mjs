// GraphQL over HTTP, by the audits of graphql-http: every MUST, SHOULD and MAY.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { serverAudits } from "graphql-http";
import { ENDPOINT, officer } from "./lib/office.mjs";

let token;
before(async () => {
  token = await officer();
});

/** Some audits read the schema, which is for callers who are signed in. */
const fetchFn = (url, init = {}) =>
  fetch(url, { ...init, headers: { ...init.headers, authorization: `Bearer ${token}` } });

const audits = serverAudits({ url: ENDPOINT, fetchFn });

test("the audits are there", () => {
  assert.ok(audits.length >= 60, `${audits.length} audits`);
});

for (const audit of audits) {
  test(`${audit.id} ${audit.name}`, async () => {
    const result = await audit.fn();
    assert.equal(result.status, "ok", result.reason);
  });
}
