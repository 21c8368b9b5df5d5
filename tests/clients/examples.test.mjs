// The programs of `examples/`: each reports a month and reads its share against a real server, and verifies webhooks.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import * as story from "./lib/story.mjs";

const METRIC = "2025-19-M2";
const example = (path) => story.inRepository(`examples/${path}`);
const work = await mkdtemp(join(tmpdir(), "duban-examples-"));
const compiled = (name) => join(work, "typescript", name);
const rust = join(dirname(process.env.DUBAN_BIN), "duban-example");

/** Each with how it is called. The one in shell reports a month the first time only, so it has counties of its own. */
const PROGRAMS = [
  { name: "shell", report: ["bash", example("shell/report-month.sh")], share: ["bash", example("shell/allocation.sh")] },
  { name: "python", report: ["python3", example("python/report_month.py")], share: ["python3", example("python/allocation.py")] },
  { name: "python with gql", report: [story.PYTHON, example("python/report_month_gql.py")] },
  { name: "typescript", report: ["node", compiled("report-month.js")], share: ["node", compiled("allocation.js")] },
  { name: "rust", report: [rust, "report-month"], share: [rust, "allocation"] },
];

let env;
let figure = 10;

before(async () => {
  env = { DUBAN_TOKEN: await story.apiToken() };
  const shared = await shareOut();
  assert.deepEqual(shared.userErrors, []);
  await compile();
});
after(() => rm(work, { recursive: true, force: true }));

/** Gives 郑州 its share of the activities, and lets it share that out among two counties. */
async function shareOut() {
  const mutation = `mutation Share($input: AllocateMetricInput!) {
    allocateMetric(input: $input) { userErrors { code message } } }`;
  const share = (department, figure) => ({ department, figure });
  const by = (shares, whole, reason) => ({ metric: METRIC, method: "BY_HAND", whole, shares, reason });
  const ask = async (account, input) => (await story.askAs(account, mutation, { input })).allocateMetric;
  const cities = await ask("demo-officer", by([share("410100", "600")], undefined, "演示数据：先下达一个市"));
  if (cities.userErrors.length > 0) return cities;
  return ask("demo-city-zhengzhou", by([share("410102", "400"), share("410103", "200")], "410100"));
}

/** TypeScript as whoever has an older Node runs it: checked, and compiled. */
async function compile() {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const types = fileURLToPath(new URL("node_modules/@types", import.meta.url));
  const options = ["--project", example("typescript"), "--outDir", compiled(""), "--typeRoots", types];
  const { code, said } = await story.run(process.execPath, [compiler, ...options]);
  assert.equal(code, 0, said);
  await writeFile(compiled("package.json"), '{ "type": "module" }');
}

const run = ([program, ...first], ...rest) => runAt(story.URL_OF_STORY, [program, ...first], ...rest);

function runAt(url, [program, ...first], ...rest) {
  const node = program === "node" ? process.execPath : program;
  return story.run(node, [...first, ...rest], { env: { ...env, DUBAN_URL: url } });
}

/** A file with figures for some counties, other ones each time. */
async function month(...counties) {
  const rows = counties.map((county) => `${METRIC},${county},${(figure += 1)}`);
  const file = join(work, "month.csv");
  await writeFile(file, `metric,department,value\n${rows.join("\n")}\n`);
  return { file, rows };
}

/** What stands of August for counties, as `metric,department,value`. */
async function standing(counties) {
  const query = `query Standing { measurements(first: 100, filter: { under: "410100", period: "2025-08",
    isNewest: true, metric: "${METRIC}" }) { edges { node { value department { code } } } } }`;
  const { data } = await story.send(env.DUBAN_TOKEN, query);
  const rows = data.measurements.edges.map(({ node }) => `${METRIC},${node.department.code},${node.value}`);
  return rows.filter((row) => counties.includes(row.split(",")[1])).sort();
}

/** How many revisions there are of August for a county. */
async function revisions(county) {
  const query = `query Revisions { measurements(first: 100, filter: { department: "${county}", period: "2025-08",
    metric: "${METRIC}" }) { edges { node { revision } } } }`;
  return (await story.send(env.DUBAN_TOKEN, query)).data.measurements.edges.length;
}

/**
 * A way to the server on which the answer to the first recording is lost, and the second one is told to wait;
 * `keys` are those of the recordings that came.
 */
async function unreliable() {
  const keys = [];
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const body = Buffer.concat(parts);
    const key = JSON.parse(body).variables?.input?.idempotencyKey;
    if (key !== undefined) keys.push(key);
    if (key !== undefined && keys.length === 2) {
      response.writeHead(503, { "retry-after": "1" }).end();
      return;
    }
    const { authorization, accept = "*/*" } = request.headers;
    const headers = { authorization, accept, "content-type": "application/json" };
    const answer = await fetch(story.ENDPOINT, { method: "POST", headers, body });
    const text = await answer.text();
    if (key !== undefined && keys.length === 1) request.socket.destroy();
    else response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") }).end(text);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, keys, close };
}

for (const { name, report, share } of PROGRAMS) {
  describe(name, () => {
    test("reports a month, and the same again changes nothing", async () => {
      const counties = name === "shell" ? ["410181", "410182"] : ["410122", "410184"];
      const { file, rows } = await month(...counties);
      const first = await run(report, "2025-08", file);
      assert.equal(first.code, 0, first.said);
      assert.deepEqual(await standing(counties), rows);
      const again = await run(report, "2025-08", file);
      assert.equal(again.code, 0, again.said);
      if (name === "shell") assert.equal(again.out, first.out);
      else assert.match(again.out, /^0 of 2025-08 sent$/m);
      assert.deepEqual(await standing(counties), rows);
    });

    test("sends a request again under its key when no answer came, or a passing one", async () => {
      const counties = name === "shell" ? ["410183"] : ["410185"];
      const { file, rows } = await month(...counties);
      const before = await revisions(counties[0]);
      const way = await unreliable();
      try {
        const { code, said } = await runAt(way.url, report, "2025-08", file);
        assert.equal(code, 0, said);
      } finally {
        await way.close();
      }
      assert.equal(way.keys.length, 3);
      assert.equal(new Set(way.keys).size, 1);
      assert.deepEqual(await standing(counties), rows);
      assert.equal(await revisions(counties[0]), before + 1);
    });

    test("tells a row that is refused, and ends with 1", async () => {
      const { file } = await month("410302");
      const { code, out, said } = await run(report, "2025-08", file);
      assert.equal(code, 1, said);
      assert.match(out, /FORBIDDEN|MEASUREMENT_NOT_REPORTER/);
    });

    if (share === undefined) return;
    test("reads what the office carries and whom it gave it", async () => {
      const { code, out, said } = await run(share, METRIC);
      assert.equal(code, 0, said);
      assert.match(out, /share 600/);
      assert.match(out, /^410102 \S+ 400$/m);
      assert.match(out, /^410103 \S+ 200$/m);
    });
  });
}

test("the file beside the examples is read by them", async () => {
  const { code, said } = await run(PROGRAMS[1].report, "2025-08", example("month.csv"));
  assert.equal(code, 0, said);
});

const RECEIVERS = [
  { name: "python", command: ["python3", example("python/webhook.py"), "0"] },
  { name: "typescript", command: [process.execPath, compiled("webhook.js"), "0"] },
];
const SECRET = `whsec_${randomBytes(24).toString("base64")}`;

/** Headers of a call that is signed as Standard Webhooks has it. */
function signed(body, { secret = SECRET, at = Math.floor(Date.now() / 1000), id = "msg_1", before = "" } = {}) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `${before}v1,${signature}` };
}

for (const { name, command } of RECEIVERS) {
  test(`${name}: a webhook is taken when it is genuine and of now`, async () => {
    const [program, ...parameters] = command;
    const receiver = spawn(program, parameters, { env: { ...process.env, DUBAN_WEBHOOK_SECRET: SECRET } });
    try {
      const url = await new Promise((resolve, reject) => {
        receiver.on("error", reject);
        receiver.on("exit", (code) => reject(new Error(`the receiver ended with ${code}`)));
        receiver.stdout.on("data", (text) => resolve(/http:\S+/.exec(text)?.[0]));
      });
      const body = '{"type":"measurement.verified","data":{"名":"洛阳"}}';
      const now = Math.floor(Date.now() / 1000);
      const call = async (headers, sent = body) => (await fetch(url, { method: "POST", headers, body: sent })).status;
      const other = `whsec_${randomBytes(24).toString("base64")}`;
      const cases = [
        [204, signed(body)],
        [204, signed(body, { at: now - 200 })],
        [204, signed(body, { before: "v1,bm90aGluZw== v1a,other " })],
        [401, signed(body, { secret: other })],
        [401, signed(body, { at: now - 400 })],
        [401, signed(body, { at: now + 400 })],
        [401, { ...signed(body), "webhook-id": "msg_2" }],
        [401, { ...signed(body), "webhook-timestamp": `${now}.0` }],
        [401, { ...signed(body), "webhook-signature": signed(body)["webhook-signature"].replace("v1,", "v2,") }],
        [401, {}],
      ];
      for (const [status, headers] of cases) assert.equal(await call(headers), status, JSON.stringify(headers));
      assert.equal(await call(signed(body), `${body} `), 401);
    } finally {
      receiver.removeAllListeners("exit");
      receiver.kill();
    }
  });
}
