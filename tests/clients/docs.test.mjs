// What docs/api shows is so: every operation fits the schema and is run, with the answer that is shown, and so are
// the commands.
import assert from "node:assert/strict";
import { access, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { buildSchema, getOperationAST, parse, validate } from "graphql";
import { createClient } from "graphql-ws";
import WebSocket from "ws";
import { at, difference, documents, filled } from "./lib/documents.mjs";
import * as story from "./lib/story.mjs";

const found = await documents();
const schema = buildSchema(await readFile(story.inRepository("schema.graphql"), "utf8"));
const ITEM = `mutation Item($input: CreateTaskInput!) {
  createTask(input: $input) { task { code } userErrors { code message } } }`;

/** Where commands are run, and leave what they fetch. */
const work = await mkdtemp(join(tmpdir(), "duban-docs-"));

let token;
before(async () => {
  token = await story.apiToken();
});
after(() => rm(work, { recursive: true, force: true }));

test("the documents show operations", () => {
  const steps = found.flatMap((document) => document.steps);
  assert.ok(steps.filter((step) => step.language === "graphql").length >= 20);
  assert.ok(steps.filter((step) => step.language === "sh").length >= 4);
});

for (const [guide, folder] of [
  ["README.md", "docs"],
  ["README.zh-CN.md", "docs"],
  ["docs/api/README.md", "docs/api"],
]) {
  test(`${guide} names all pages of ${folder}`, async () => {
    const text = await readFile(story.inRepository(guide), "utf8");
    const named = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, target]) => {
      return resolve(dirname(story.inRepository(guide)), target);
    });
    const pages = (await readdir(story.inRepository(folder))).filter((name) => name.endsWith(".md"));
    const missing = pages
      .map((name) => story.inRepository(`${folder}/${name}`))
      .filter((page) => page !== story.inRepository(guide) && !named.includes(page));
    assert.deepEqual(missing, []);
  });
}

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
  if (language === "python") return compile(step);
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

/** Commands as somebody types them. */
async function command(step, kept) {
  const env = { DUBAN_TOKEN: kept.TOKEN };
  const options = { env, cwd: work };
  const { code, out, said } = await story.run("bash", ["-euo", "pipefail", "-c", step.content], options);
  assert.equal(code, 0, `${step.at}: ${said}`);
  if (step.answer !== undefined) compare(step, JSON.parse(out));
  const written = out.replace(/^\uFEFF/, "").split(/\r?\n/);
  for (const line of step.lines ?? []) assert.ok(written.includes(line), `${step.at}: not written: ${line}`);
}

/** Python is only read: the packages that it needs are large. */
async function compile({ at: place, content }) {
  const { code, said } = await story.run(story.PYTHON, ["-c", "import ast, sys; ast.parse(sys.argv[1])", content]);
  assert.equal(code, 0, `${place}: ${said}`);
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
