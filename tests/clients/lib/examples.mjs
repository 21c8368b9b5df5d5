// The programs of `examples/`, made ready to run.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as story from "./story.mjs";

/** A path of the examples. */
export const example = (path) => story.inRepository(`examples/${path}`);

/** TypeScript as whoever has an older Node runs it: checked, and compiled into a folder. */
export async function compileInto(folder) {
  const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const types = fileURLToPath(new URL("../node_modules/@types", import.meta.url));
  const options = ["--project", example("typescript"), "--outDir", folder, "--typeRoots", types];
  const { code, said } = await story.run(process.execPath, [compiler, ...options]);
  assert.equal(code, 0, said);
  await writeFile(join(folder, "package.json"), '{ "type": "module" }');
}

/** The receivers of webhooks, with how they are begun once TypeScript is compiled into a folder. */
export const receivers = (folder) => [
  { name: "python", command: ["python3", example("python/webhook.py"), "0"] },
  { name: "typescript", command: [process.execPath, join(folder, "webhook.js"), "0"] },
];

/** Begins a receiver with a secret: where it listens, and what it has said. */
export async function receive([program, ...parameters], secret) {
  const child = spawn(program, parameters, { env: { ...process.env, DUBAN_WEBHOOK_SECRET: secret } });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`the receiver ended with ${code}`)));
    child.stdout.setEncoding("utf8").on("data", (text) => {
      said += text;
      const place = /http:\S+/.exec(said)?.[0];
      if (place !== undefined) resolve(place);
    });
  });
  const stop = () => {
    child.removeAllListeners("exit");
    child.kill();
  };
  return { url, said: () => said, stop };
}
