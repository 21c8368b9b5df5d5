// What the server sends to webhooks, verified by the public library of Standard Webhooks and by the receivers of
// `examples/`.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { METRIC, record } from "./lib/august.mjs";
import { compileInto, receive, receivers } from "./lib/examples.mjs";
import { listen } from "./lib/receiver.mjs";
import * as story from "./lib/story.mjs";

const RECORDED = "measurement.recorded";
const work = await mkdtemp(join(tmpdir(), "duban-webhooks-"));

let token;
let account;
let security;
let receiver;
/** The webhook that most is about, which tells ids alone. */
let first;

before(async () => {
  token = await story.apiToken();
  const { data } = await story.send(token, "query Own { viewer { account { id } } }");
  account = data.viewer.account.id;
  security = await story.signIn("demo-secadmin");
  receiver = await listen();
  await compileInto(work);
});
after(async () => {
  await receiver?.stop();
  await rm(work, { recursive: true, force: true });
});

/** Calls a mutation as the security administrator, which must succeed. */
async function change(name, input, fields) {
  const kind = `${name[0].toUpperCase()}${name.slice(1)}Input`;
  const mutation = `mutation Change($input: ${kind}!) { ${name}(input: $input) { ${fields} userErrors { code path } } }`;
  const { data, errors } = await story.send(security, mutation, { input });
  assert.equal(errors, undefined, JSON.stringify(errors));
  assert.deepEqual(data[name].userErrors, []);
  return data[name];
}

/** A webhook of the program's account, at our receiver: its id, its version and its secret. */
async function create(name, more) {
  const input = { accountId: account, name, url: receiver.url, ...more };
  const { webhook, secret } = await change("createWebhook", input, "webhook { id version } secret");
  return { ...webhook, secret };
}

/** Records a figure of August with the token; the id of the measurement. */
async function recordOne(department, value) {
  const [id] = await record(token, [[department, value]]);
  return id;
}

const verify = ({ body, headers }, secret) => new Webhook(secret).verify(body, headers);
const isOf = (id) => (message) => message.json.data.objectId === id;
const tryOut = (webhook) => change("testWebhook", { webhookId: webhook.id }, "webhook { id }");

test("a change is told within seconds, and the library verifies it", async () => {
  first = await create("演示·数据平台", { types: ["MEASUREMENT"] });
  const id = await recordOne("410104", "3");
  const message = await receiver.message(isOf(id));
  const payload = verify(message, first.secret);
  assert.equal(payload.type, RECORDED);
  assert.deepEqual(Object.keys(payload.data).sort(), ["cursor", "objectId", "objectType"]);
  assert.equal(payload.data.objectType, "Measurement");
  assert.match(message.headers["webhook-id"], /^msg_\w+$/);
  assert.match(message.headers["content-type"], /^application\/json/);
});

test("the cursor of a message is one to go on from", async () => {
  const id = await recordOne("410105", "4");
  const { json } = await receiver.message(isOf(id));
  const next = await recordOne("410106", "5");
  const query = `query Since($after: String) { changes(after: $after, types: [MEASUREMENT]) {
    changes { objectId } } }`;
  const { data } = await story.send(token, query, { after: json.data.cursor });
  assert.deepEqual(data.changes.changes, [{ objectId: next }]);
});

test("what another secret signed, what was changed on the way and what is old is refused", async () => {
  const [message] = receiver.came;
  const other = `whsec_${randomBytes(32).toString("base64")}`;
  const { headers, body } = message;
  const longAgo = { ...headers, "webhook-timestamp": String(Number(headers["webhook-timestamp"]) - 600) };
  const unsigned = "No matching signature found";
  for (const [wrong, secret, why] of [
    [message, other, unsigned],
    [{ headers, body: Buffer.concat([body, Buffer.from(" ")]) }, first.secret, unsigned],
    [{ headers: { ...headers, "webhook-id": "msg_other" }, body }, first.secret, unsigned],
    [{ headers: longAgo, body }, first.secret, "Message timestamp too old"],
  ]) {
    assert.throws(() => verify(wrong, secret), { name: "WebhookVerificationError", message: why });
  }
});

test("a test message is told apart by its type", async () => {
  await tryOut(first);
  const message = await receiver.message(({ json }) => json.type === "webhook.test");
  assert.equal(verify(message, first.secret).type, "webhook.test");
});

test("a subscription chooses what is told", async () => {
  const query = `subscription { changed(types: [MEASUREMENT]) { action
    object { ... on Measurement { value metric { code } department { code } } } } }`;
  const { secret } = await create("演示·自选内容", { query });
  await recordOne("410108", "1006");
  const message = await receiver.message(({ json }) => json.data.changed !== undefined);
  const { action, object } = verify(message, secret).data.changed;
  assert.equal(action, RECORDED);
  assert.deepEqual(object, { value: "1006", metric: { code: METRIC }, department: { code: "410108" } });
});

test("after the secret was changed, a message is verified by the old and by the new one", async () => {
  const rotated = await change("rotateWebhookSecret", { webhookId: first.id }, "secret");
  assert.notEqual(rotated.secret, first.secret);
  const id = await recordOne("410122", "7");
  const message = await receiver.message((one) => isOf(id)(one) && one.headers["webhook-signature"].includes(" "));
  for (const secret of [first.secret, rotated.secret]) assert.equal(verify(message, secret).type, RECORDED);
});

/** What became of the newest message of a webhook, once it was tried. */
async function lastDelivery(id) {
  const query = `query Log($account: ID!) { account(id: $account) { webhooks { id
    deliveries(first: 1) { edges { node { messageId state attempts { status } } } } } } }`;
  for (let tried = 0; tried < 100; tried += 1) {
    const { data } = await story.send(security, query, { account });
    const { deliveries } = data.account.webhooks.find((one) => one.id === id);
    const node = deliveries.edges[0]?.node;
    if (node?.attempts.length > 0) return node;
    await pause(200);
  }
  throw new Error("the message was not tried");
}

for (const { name, command } of receivers(work)) {
  test(`${name}: the receiver of the examples takes what is sent, and refuses it with another secret`, async () => {
    const other = `whsec_${randomBytes(32).toString("base64")}`;
    for (const [isOurs, state, status] of [
      [true, "DELIVERED", 204],
      [false, "PENDING", 401],
    ]) {
      const webhook = await create(`演示·${name} ${status}`, { types: ["PLAN"] });
      const { url, said, stop } = await receive(command, isOurs ? webhook.secret : other);
      try {
        const moved = { webhookId: webhook.id, expectedVersion: webhook.version, url };
        await change("updateWebhook", moved, "webhook { url }");
        await tryOut(webhook);
        const { messageId, ...became } = await lastDelivery(webhook.id);
        assert.deepEqual(became, { state, attempts: [{ status }] });
        assert.equal(said().includes(`${messageId} webhook.test`), isOurs, said());
      } finally {
        stop();
      }
    }
  });
}
