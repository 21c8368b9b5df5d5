// Runs the end-to-end tests: `DUBAN_BIN` is the program, `CHROMIUM_PATH` the browser; names of files choose among them.
import { spawn } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { prepareTemplate } from "./lib/server.mjs";

for (const name of ["DUBAN_BIN", "CHROMIUM_PATH"]) {
  if (!process.env[name]) {
    console.error(`e2e: ${name} is not set; \`make test-e2e\` sets it`);
    process.exit(2);
  }
}

const here = fileURLToPath(new URL(".", import.meta.url));
const chosen = process.argv.slice(2);
const files = (await readdir(here))
  .filter((name) => name.endsWith(".test.mjs"))
  .filter((name) => chosen.length === 0 || chosen.some((part) => name.includes(part)))
  .sort();
if (files.length === 0) {
  console.error(`e2e: no file is named ${chosen.join(" or ")}`);
  process.exit(2);
}

const work = await mkdtemp(join(tmpdir(), "duban-e2e-"));
try {
  const began = Date.now();
  await prepareTemplate(work);
  console.log(`e2e: demo database made in ${((Date.now() - began) / 1000).toFixed(1)} s`);
  process.exitCode = await runTests();
} finally {
  await rm(work, { recursive: true, force: true });
}

/** Each file in a process of its own, two at a time; each starts a server on a copy of the database. */
function runTests() {
  const options = ["--test", "--test-concurrency=2", "--test-reporter=spec"];
  const tests = spawn(process.execPath, [...options, ...files.map((file) => join(here, file))], {
    stdio: "inherit",
    env: { ...process.env, DUBAN_E2E_DIR: work },
  });
  return new Promise((resolve) => tests.on("exit", (code) => resolve(code ?? 1)));
}
