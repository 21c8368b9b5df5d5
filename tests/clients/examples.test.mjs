// The programs of `examples/`: each reports a month, reads its share and follows changes against a real server, and
// verifies webhooks.
import assert from "node:assert/strict";
import { createHmac, randomBytes } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawn } from "node:child_process";
import { after, before, describe, test } from "node:test";
import * as august from "./lib/august.mjs";
import { compileInto, example, receive, receivers } from "./lib/examples.mjs";
import * as story from "./lib/story.mjs";

const { METRIC } = august;
const work = await mkdtemp(join(tmpdir(), "duban-examples-"));
const compiled = (name) => join(work, "typescript", name);
const rust = join(dirname(process.env.DUBAN_BIN), "duban-example");

/** Each with how it is called. The one in shell reports a month the first time only, so it has counties of its own. */
const PROGRAMS = [
  {
    name: "shell",
    report: ["bash", example("shell/report-month.sh")],
    share: ["bash", example("shell/allocation.sh")],
    follow: ["bash", example("shell/follow-changes.sh")],
  },
  {
    name: "python",
    report: ["python3", example("python/report_month.py")],
    share: ["python3", example("python/allocation.py")],
    follow: ["python3", example("python/follow_changes.py")],
  },
  { name: "python with gql", report: [story.PYTHON, example("python/report_month_gql.py")] },
  {
    name: "typescript",
    report: ["node", compiled("report-month.js")],
    share: ["node", compiled("allocation.js")],
    follow: ["node", compiled("follow-changes.js")],
  },
  {
    name: "rust",
    report: [rust, "report-month"],
    share: [rust, "allocation"],
    follow: [rust, "follow-changes"],
  },
];

let env;
let figure = 10;

before(async () => {
  env = { DUBAN_TOKEN: await story.apiToken() };
  const shared = await shareOut();
  assert.deepEqual(shared.userErrors, []);
  await compileInto(compiled(""));
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

const run = (command, ...rest) => runAt(story.URL_OF_STORY, command, ...rest);

function runAt(url, command, ...rest) {
  const [program, ...first] = executable(command);
  return story.run(program, [...first, ...rest], { env: { ...env, DUBAN_URL: url } });
}

const executable = ([program, ...first]) => [program === "node" ? process.execPath : program, ...first];

/** A file with figures for some counties, other ones each time. */
async function month(...counties) {
  const rows = counties.map((county) => `${METRIC},${county},${(figure += 1)}`);
  const file = join(work, "month.csv");
  await writeFile(file, `metric,department,value\n${rows.join("\n")}\n`);
  return { file, rows };
}

/** What stands of August for counties, as `metric,department,value`. */
async function standing(counties) {
  const stands = await august.standing(env.DUBAN_TOKEN);
  const rows = [...stands].map(([county, { value }]) => `${METRIC},${county},${value}`);
  return rows.filter((row) => counties.includes(row.split(",")[1])).sort();
}

/** How many revisions there are of August for a county. */
async function revisions(county) {
  const query = `query Revisions { measurements(first: 100, filter: { department: "${county}", period: "2025-08",
    metric: "${METRIC}" }) { edges { node { revision } } } }`;
  return (await story.send(env.DUBAN_TOKEN, query)).data.measurements.edges.length;
}

/** A way to the server: `take` answers a request itself, or says what is sent on and does with the answer as it will. */
async function way(take) {
  const server = createServer(async (request, response) => {
    const parts = [];
    for await (const part of request) parts.push(part);
    const { authorization, accept = "*/*" } = request.headers;
    const headers = { authorization, accept, "content-type": "application/json" };
    const pass = async (body, isLost = false) => {
      const answer = await fetch(story.ENDPOINT, { method: "POST", headers, body });
      const text = await answer.text();
      if (isLost) request.socket.destroy();
      else response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") }).end(text);
    };
    await take(Buffer.concat(parts).toString(), response, pass);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/**
 * A way to the server on which the answer to the first recording is lost, and the second one is told to wait;
 * `keys` are those of the recordings that came.
 */
async function unreliable() {
  const keys = [];
  const made = await way(async (body, response, pass) => {
    const key = JSON.parse(body).variables?.input?.idempotencyKey;
    if (key !== undefined) keys.push(key);
    if (key !== undefined && keys.length === 2) response.writeHead(503, { "retry-after": "1" }).end();
    else await pass(body, key !== undefined && keys.length === 1);
  });
  return { ...made, keys };
}

/** A way to the server on which a page holds two changes, and the request of one page fails for good. */
async function inPages(failing) {
  let pages = 0;
  return way(async (body, response, pass) => {
    const isPage = body.includes("changes(after: $after, first: 100,");
    if (isPage) pages += 1;
    const error = { message: "out of order", extensions: { code: "BAD_USER_INPUT" } };
    if (isPage && pages === failing) response.writeHead(400).end(JSON.stringify({ errors: [error] }));
    else await pass(body.replace("first: 100,", "first: 2,"));
  });
}

/** Records other figures of August for counties; how a program tells of each. */
async function recordAnew(...counties) {
  const figures = counties.map((county) => [county, String((figure += 1))]);
  await august.record(env.DUBAN_TOKEN, figures);
  return figures.map(([county, value]) => `${METRIC} ${county} 2025-08 ${value}`);
}

/** What a program told, without when. */
const told = ({ out }) => out.split("\n").filter(Boolean).map((line) => line.replace(/^\S+T\S+Z /, ""));

for (const { name, report, share, follow } of PROGRAMS) {
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

    follows(name, follow);
  });
}

/** What a program does that follows changes with a cursor in a file. */
function follows(name, follow) {
  const file = join(work, `cursor of ${name}`);
  const recorded = (lines) => lines.map((line) => `measurement.recorded ${line}`);
  const anew = /^read anew: [1-9]\d* figures$/;

  test("begins with all that stands, then tells what changed, once", async () => {
    const first = await run(follow, file);
    assert.equal(first.code, 0, first.said);
    assert.match(first.out.trim(), anew);
    assert.deepEqual(await run(follow, file).then(told), []);
    const lines = await recordAnew("410102", "410103");
    assert.deepEqual(await run(follow, file).then(told), recorded(lines));
    assert.deepEqual(await run(follow, file).then(told), []);
  });

  test("reads all pages, and goes on with the one on which it broke off", async () => {
    const lines = await recordAnew("410102", "410103", "410104", "410105", "410106");
    const [broken, whole] = [await inPages(2), await inPages()];
    try {
      const before = await runAt(broken.url, follow, file);
      assert.notEqual(before.code, 0);
      assert.match(before.err, /BAD_USER_INPUT: out of order/);
      assert.deepEqual(told(before), recorded(lines.slice(0, 2)));
      const { code, out, said } = await runAt(whole.url, follow, file);
      assert.equal(code, 0, said);
      assert.deepEqual(told({ out }), recorded(lines.slice(2)));
    } finally {
      await broken.close();
      await whole.close();
    }
  });

  test("reads anew where its cursor is not known, and goes on from there", async () => {
    await writeFile(file, 'no "cursor"\n');
    const { code, out, said } = await run(follow, file);
    assert.equal(code, 0, said);
    assert.match(out.trim(), anew);
    const lines = await recordAnew("410104");
    assert.deepEqual(await run(follow, file).then(told), recorded(lines));
    assert.doesNotMatch(await readFile(file, "utf8"), /\s/);
  });

  test("stays and looks again when it is told to", async () => {
    const [program, ...first] = executable(follow);
    const options = { env: { ...process.env, ...env, DUBAN_URL: story.URL_OF_STORY } };
    const watching = spawn(program, [...first, file, "--watch", "1"], options);
    try {
      let out = "";
      const heard = async (wanted) => {
        for await (const text of watching.stdout.iterator({ destroyOnReturn: false })) {
          out += text;
          if (out.split("\n").length > wanted) return;
        }
        throw new Error(`it ended: ${out}`);
      };
      watching.stdout.setEncoding("utf8");
      const one = await recordAnew("410105");
      await heard(1);
      const other = await recordAnew("410106");
      await heard(2);
      assert.deepEqual(told({ out }), recorded([...one, ...other]));
    } finally {
      watching.kill();
    }
  });
}

test("the file beside the examples is read by them", async () => {
  const { code, said } = await run(PROGRAMS[1].report, "2025-08", example("month.csv"));
  assert.equal(code, 0, said);
});

const SECRET = `whsec_${randomBytes(24).toString("base64")}`;

/** Headers of a call that is signed as Standard Webhooks has it. */
function signed(body, { secret = SECRET, at = Math.floor(Date.now() / 1000), id = "msg_1", before = "" } = {}) {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(at), "webhook-signature": `${before}v1,${signature}` };
}

for (const { name, command } of receivers(compiled(""))) {
  test(`${name}: a webhook is taken when it is genuine and of now`, async () => {
    const { url, stop } = await receive(command, SECRET);
    try {
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
      stop();
    }
  });
}
