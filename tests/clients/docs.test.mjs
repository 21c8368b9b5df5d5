// What docs/api shows is so: every operation fits the schema and is run, with the answer that is shown, and so are
// the commands of the first day.
import assert from "node:assert/strict";
import { access, readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { before, test } from "node:test";
import { buildSchema, getOperationAST, parse, validate } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { at, difference, documents, filled } from "./lib/documents.mjs";
import * as story from "./lib/story.mjs";

const found = await documents();
const schema = buildSchema(await readFile(story.inRepository("schema.graphql"), "utf8"));
const ITEM = `mutation Item($input: CreateTaskInput!) {
  createTask(input: $input) { task { code } userErrors { code message } } }`;

let token;
before(async () => {
  token = await story.apiToken();
});

test("the documents show operations", () => {
  const steps = found.flatMap((document) => document.steps);
  assert.ok(steps.filter((step) => step.language === "graphql").length >= 20);
  assert.ok(steps.filter((step) => step.language === "sh").length >= 4);
});

for (const { name, text, steps } of found) {
  test(`${name}: links lead somewhere`, async () => {
    for (const [, target] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
      await access(resolve(dirname(story.inRepository(`docs/api/${name}`)), target));
    }
  });

  test(`${name}: operations fit the schema`, () => {
    for (const { at: place, language, content } of steps) {
      if (language !== "graphql") continue;
      const faults = validate(schema, parse(content)).map(({ message }) => message);
      assert.deepEqual(faults, [], place);
    }
  });

  test(`${name}: what it shows is run`, async () => {
    const kept = { TOKEN: token };
    for (const step of steps) await take(step, kept);
  });
}

/** Runs a step as its comment says, and holds the answer against the one that is shown. */
async function take(step, kept) {
  const { at: place, language, act, as } = step;
  if (language === "sh") return command(step, kept);
  if (act === "listen") return listen(step);
  assert.equal(act, "run", `${place}: a comment above must say as whom it is run`);
  const bearer = await bearerOf(as, kept);
  const answer = await story.send(bearer, step.content, filled(step.variables, kept));
  compare(step, answer);
  if (step.answer === undefined) assert.equal(answer.errors, undefined, `${place}: ${JSON.stringify(answer)}`);
  if (step.answer?.errors === undefined) refuseUserErrors(step, answer.data);
  for (const { name, path } of step.keep) {
    kept[name] = at(answer.data, path);
    assert.ok(kept[name] !== undefined && kept[name] !== null, `${place}: nothing stands at ${path}`);
  }
}

function compare({ at: place, answer: shown }, answer) {
  if (shown === undefined) return;
  const found = difference(shown, answer);
  assert.equal(found, undefined, `${place}: ${found}\n${JSON.stringify(answer)}`);
}

/** A mutation that shows no `userErrors` must not have met any. */
function refuseUserErrors({ at: place, answer }, data) {
  if (JSON.stringify(answer ?? {}).includes('"userErrors":[{')) return;
  assert.doesNotMatch(JSON.stringify(data), /"userErrors":\[\{/, place);
}

function bearerOf(as, kept) {
  if (as === "nobody") return null;
  return as === "token" ? kept.TOKEN : story.signIn(as);
}

/** Commands as somebody types them, in the folder of the repository. */
async function command(step, kept) {
  const env = { DUBAN_TOKEN: kept.TOKEN };
  const options = { env, cwd: story.inRepository(".") };
  const { code, out, said } = await story.run("bash", ["-euo", "pipefail", "-c", step.content], options);
  assert.equal(code, 0, `${step.at}: ${said}`);
  if (step.answer !== undefined) compare(step, JSON.parse(out));
}

/** A subscription is told of what happens: items are entered until it hears of one. */
async function listen({ at: place, content, as, variables }) {
  const { operation } = getOperationAST(parse(content));
  assert.equal(operation, "subscription", place);
  const connectionParams = { token: await story.signIn(as) };
  const client = createClient({ url: story.SOCKET, webSocketImpl: WebSocket, connectionParams });
  const officer = await story.signIn("demo-officer");
  let timer;
  try {
    const heard = await new Promise((next, fail) => {
      client.subscribe({ query: content, variables }, { next, error: fail, complete() {} });
      timer = setInterval(() => void enter(officer).catch(fail), 500);
    });
    assert.equal(heard.errors, undefined, place);
  } finally {
    clearInterval(timer);
    await client.dispose();
  }
}

async function enter(officer) {
  const input = { kind: "MEETING", title: "演示事项", source: "演示会议", lead: "XXB" };
  const { data, errors } = await story.send(officer, ITEM, { input });
  if (errors || data.createTask.userErrors.length > 0) throw new Error(JSON.stringify(data ?? errors));
}
