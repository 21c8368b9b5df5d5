// Runs the public audits and the clients of others against a server, our own against one that trusts no other,
// and what the documents and the examples say against one that tells the story of the demo: `DUBAN_BIN` is the
// program; names of files choose among them.
import { spawn } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "../../web/e2e/lib/server.mjs";

if (!process.env.DUBAN_BIN) {
  console.error("clients: DUBAN_BIN is not set; `make test-clients` sets it");
  process.exit(2);
}

const here = fileURLToPath(new URL(".", import.meta.url));
const chosen = process.argv.slice(2);
const files = (await readdir(here))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => chosen.length === 0 || chosen.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`clients: no file is named ${chosen.join(" or ")}`);
  process.exit(2);
}

const texts = await Promise.all(files.map((file) => readFile(join(here, file), "utf8")));
const needsStory = texts.some((text) => text.includes("./lib/story.mjs"));

const work = await mkdtemp(join(tmpdir(), "duban-clients-"));
/** A database of the demo that a test may copy for a server of its own. */
const template = join(work, "template");
const servers = [];
try {
  const began = Date.now();
  const folders = ["open", "trusting"].map((name) => join(work, name));
  await mkdir(folders[0]);
  await (await start(folders[0])).stop();
  for (const folder of [folders[1], template]) await cp(folders[0], folder, { recursive: true });
  servers.push(await start(folders[0], { DUBAN_SERVER__BATCHED_OPERATIONS: "10" }));
  servers.push(await start(folders[1], { DUBAN_SERVER__OPERATIONS: "trusted_only" }));
  if (needsStory) {
    const folder = join(work, "story");
    await mkdir(folder);
    servers.push(await start(folder, { DUBAN_DEMO_STORY: "true" }));
  }
  console.log(`clients: servers started in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  process.exitCode = await runTests(...servers.map((server) => server.url));
} finally {
  for (const server of servers) await server.stop();
  await rm(work, { recursive: true, force: true });
}

/** Each file in a process of its own, one after another: they change the same tasks. */
function runTests(url, trusting, story = "") {
  const options = [
    "--test",
    "--test-concurrency=1",
    "--test-timeout=600000",
    "--test-reporter=spec",
  ];
  const tests = spawn(process.execPath, [...options, ...files.map((file) => join(here, file))], {
    stdio: "inherit",
    env: {
      ...process.env,
      DUBAN_URL: url,
      DUBAN_TRUSTING_URL: trusting,
      DUBAN_STORY_URL: story,
      DUBAN_TEMPLATE: template,
    },
  });
  return new Promise((resolve) => tests.on("exit", (code) => resolve(code ?? 1)));
}
