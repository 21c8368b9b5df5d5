// Measures Duban beside PostGraphile and beside a plain handler, on one database, in one run: see README.md.
import { deepStrictEqual } from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freshDatabase, runFile, sql, versionOf } from "./database.mjs";
import { commandOf, verifyFigures, signIn, startDuban } from "./duban.mjs";
import { differing, load, same } from "./load.mjs";
import { answersIn, plainProgram, startPlain } from "./plain.mjs";
import { processor, processorOfDatabase, resident, run, start, stopAll } from "./processes.mjs";
import { METRIC, READS } from "./queries.mjs";
import { costs, latencies, memory, rates, summary } from "./report.mjs";
import * as set from "./settings.mjs";
import { created, recorded, RECORDER } from "./writes.mjs";

/** Who reads: somebody at the province, who sees everything. */
const READER = "demo-officer";
const ACCEPT = {
  "content-type": "application/json",
  accept: "application/graphql-response+json",
};

/** Names on the command line choose what is measured: those of reads, and `insert`. */
const chosen = process.argv.slice(2);
const isChosen = (name) => chosen.length === 0 || chosen.includes(name);

const say = (text) => console.error(`peers: ${text}`);
const bearer = (token) => ({ ...ACCEPT, authorization: `Bearer ${token}` });

if (set.DUBAN_BIN === "") fail("DUBAN_BIN is not set; it is a release build of duban");
if (spawnSync("wrk", ["-v"]).error) fail("there is no wrk on the PATH; `apt-get install wrk`");
const node = spawnSync(set.PEER_NODE, ["--version"], { encoding: "utf8" }).stdout?.trim() ?? "";
if (Number(/^v(\d+)/.exec(node)?.[1] ?? 0) < 22) {
  fail(`PostGraphile asks for Node 22 or newer, not ${node}: PEERS_NODE names one`);
}

function fail(reason) {
  say(reason);
  process.exit(2);
}

const folder = await mkdtemp(join(set.WORK, "duban-peers-"));
let database;
let clearing;
/** Ends what runs, drops the database, and removes the folder; once. */
function clear() {
  clearing ??= (async () => {
    await stopAll();
    await database?.drop();
    if (set.KEEPS) say(`logs are in ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  })();
  return clearing;
}
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => void clear().finally(() => process.exit(130)));
}

try {
  await measure();
} catch (error) {
  if (clearing === undefined) console.error(error);
  process.exitCode = 1;
} finally {
  await clear();
}

async function measure() {
  const began = Date.now();
  const plain = await plainProgram();
  database = await freshDatabase();
  const servers = await startServers();
  const requests = await prepare(servers);
  servers.push({ key: "plain", title: "plain axum", ...(await startPlain(plain, folder)) });
  const rows = await measureReads(servers, requests);
  for (const server of servers) server.resident = resident(server.pid);
  await prepare(servers.slice(0, -1));
  if (isChosen("insert")) rows.push(await measureWrites(servers));
  console.log(`${await conditions()}\n`);
  const tables = [rates, latencies, costs].map((table) => table(servers, rows));
  console.log([...tables, memory(servers)].join("\n\n"));
  say(`done in ${Math.round((Date.now() - began) / 1000)} s`);
}

/** The demo, filled up, and those that serve it, Duban first. */
async function startServers() {
  say("making the demo");
  await (await startDuban("first", folder, database)).stop();
  await runFile(database, "fill.sql");
  await verifyFigures(folder, database);
  await runFile(database, "peer.sql");
  const servers = [];
  for (const { key, title, env } of set.DUBANS) {
    servers.push({ key, title, ...(await startDuban(key, folder, database, env)) });
  }
  const peer = await start("postgraphile", [set.PEER_NODE, join(import.meta.dirname, "peer.mjs")], {
    cwd: import.meta.dirname,
    log: join(folder, "postgraphile.log"),
    env: {
      NODE_ENV: "production",
      GRAPHILE_ENV: "production",
      PEER_DATABASE: database.peerUrl,
      PEER_WORKERS: String(set.WORKERS),
      PEER_POOL: String(set.PEER_POOL),
    },
  });
  servers.push({ key: "peer", title: "PostGraphile", ...peer });
  return servers;
}

/**
 * What each server is sent for each read, once all have answered with the same facts. The answers of Duban are
 * left in a folder for the plain handler.
 */
async function prepare(servers) {
  const answers = answersIn(folder);
  await mkdir(answers, { recursive: true });
  const names = await parameters();
  const token = await signIn(servers[0].url, READER);
  const requests = {};
  for (const read of READS) {
    const variables = { ...read.variables, ...names[read.name] };
    const ours = { headers: bearer(token), body: JSON.stringify({ query: read.duban, variables }) };
    const peerVariables = names[`${read.name}OfPeer`] ?? read.variables;
    const peer = { headers: ACCEPT, body: JSON.stringify({ query: read.peer, variables: peerVariables }) };
    const facts = [];
    for (const { key, url, named } of servers) {
      const text = await answer(`${url}/graphql`, key === "peer" ? peer : ours, named);
      const { data } = JSON.parse(text);
      facts.push(key === "peer" ? read.factsOfPeer(data) : read.factsOfDuban(data));
      if (key === "duban") await writeFile(join(answers, read.name), text);
    }
    for (const one of facts.slice(1)) deepStrictEqual(one, facts[0], `${read.name}: the facts differ`);
    requests[read.name] = { ours, peer };
  }
  return requests;
}

/** The cities by code for Duban; the metric by id for the peer, which knows no other key there. */
async function parameters() {
  const cities = await sql(
    database.url,
    "SELECT code FROM department WHERE kind = 'MUNICIPAL_ASSOCIATION' ORDER BY position, code",
  );
  const [{ id }] = await sql(database.url, "SELECT id FROM metric WHERE code = $1", [METRIC]);
  return { rollup: { cities: cities.map(({ code }) => code) }, rollupOfPeer: { metric: id } };
}

/** The text of an answer that has no errors. */
async function answer(url, { headers, body }, named) {
  const response = await fetch(url, { method: "POST", headers, body });
  const text = await response.text();
  if (response.status !== 200 || JSON.parse(text).errors !== undefined) {
    throw new Error(`${named} answers ${response.status}: ${text.slice(0, 1000)}`);
  }
  return text;
}

/** Each read at each server, one after another; every round begins with another server. */
async function measureReads(servers, requests) {
  const reads = READS.filter(({ name }) => isChosen(name));
  const rows = reads.map(({ name, title }) => ({ name, title, found: {} }));
  for (let round = 0; round < set.ROUNDS; round += 1) {
    for (const { name, found } of rows) {
      for (let place = 0; place < servers.length; place += 1) {
        const server = servers[(place + round) % servers.length];
        const { key, url } = server;
        const script = same(key === "peer" ? requests[name].peer : requests[name].ours);
        const address = `${url}/${key === "plain" ? name : "graphql"}`;
        await load(folder, address, script, set.WARM_SECONDS);
        const one = await costing(server, () => load(folder, address, script, set.SECONDS));
        tell(round, name, key, one);
        (found[key] ??= []).push(one);
      }
    }
  }
  return rows.map(({ title, found }) => ({ title, found: summaries(found) }));
}

/** A load, with the milliseconds of processor that the server and PostgreSQL used for each request of it. */
async function costing(server, act) {
  const before = processor(server.pid);
  let one;
  const base = await processorOfDatabase(database.name, async () => (one = await act()));
  const own = processor(server.pid) - before;
  const each = (time) => time / Math.max(one.requests, 1);
  return { ...one, own: each(own), base: each(base) };
}

function tell(round, name, key, { requests, rate, p99, own, base }) {
  if (requests === 0) throw new Error(`${name} ${key}: nothing was answered in time`);
  const cost = `${own.toFixed(2)} + ${base.toFixed(2)} ms of processor`;
  say(`${round + 1}/${set.ROUNDS} ${name} ${key}: ${rate.toFixed(0)}/s, p99 ${p99.toFixed(1)} ms, ${cost}`);
}

function summaries(found) {
  return Object.fromEntries(Object.entries(found).map(([key, rounds]) => [key, summary(rounds)]));
}

/** One figure a request, committed; what the database has afterwards is counted. */
async function measureWrites(servers) {
  const counties = await readFile(new URL("counties.sql", import.meta.url), "utf8");
  await sql(database.url, counties.replace(":count", String(set.COUNTIES)));
  const token = await signIn(servers[0].url, RECORDER);
  const own = await created(ACCEPT, database);
  const ours = recorded(bearer(token), Date.now());
  const writers = servers.filter(({ key }) => key !== "plain");
  const next = { ours: 1, peer: 1 };
  const found = {};
  for (let round = 0; round < set.ROUNDS; round += 1) {
    for (let place = 0; place < writers.length; place += 1) {
      const server = writers[(place + round) % writers.length];
      const { key, url } = server;
      const whose = key === "peer" ? "peer" : "ours";
      const write = async (seconds) => {
        const script = differing(key === "peer" ? own : ours, next[whose]);
        const before = await measurements();
        const one = await costing(server, () => load(folder, `${url}/graphql`, script, seconds, 1));
        const stored = (await measurements()) - before;
        // What was under way when wrk stopped is stored and not counted.
        if (stored < one.requests || stored > one.requests + set.CONNECTIONS) {
          throw new Error(`${key}: ${one.requests} were answered, ${stored} are stored`);
        }
        next[whose] += one.requests + 2 * set.CONNECTIONS;
        return one;
      };
      await write(set.WRITE_WARM_SECONDS);
      const one = await write(set.WRITE_SECONDS);
      tell(round, "insert", key, one);
      (found[key] ??= []).push(one);
    }
  }
  return { title: "One insert", found: summaries(found) };
}

/** Rows of the table, once nothing of an earlier load comes in any more. */
async function measurements() {
  let seen = -1;
  for (;;) {
    const [{ count }] = await sql(database.url, "SELECT count(*)::int AS count FROM measurement");
    if (count === seen) return count;
    seen = count;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** What was measured with what. */
async function conditions() {
  const lock = JSON.parse(await readFile(new URL("package-lock.json", import.meta.url), "utf8"));
  const duban = (await run(commandOf("--version"))).trim();
  return [
    `${duban}, PostgreSQL ${await versionOf(database)},`,
    `PostGraphile ${lock.packages["node_modules/postgraphile"].version} in ${set.WORKERS} processes of Node ${node},`,
    `${set.CORES} cores for all of it with wrk; ${set.CONNECTIONS} connections,`,
    `${set.ROUNDS} rounds of ${set.SECONDS} s after ${set.WARM_SECONDS} s, the median.`,
  ].join(" ");
}
