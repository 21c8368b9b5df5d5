// The plain axum handler, `tests/benches/plain.rs`: built by cargo where nobody names one.
import { join } from "node:path";
import { run, start } from "./processes.mjs";
import { inRepository, PLAIN_BIN } from "./settings.mjs";

/** Starts it on a folder of answers. */
export async function startPlain(folder, answers) {
  const command = [PLAIN_BIN === "" ? await build() : PLAIN_BIN, answers, "127.0.0.1:0"];
  return start("plain", command, { cwd: folder, log: join(folder, "plain.log") });
}

/** The program that cargo makes of the bench. */
async function build() {
  const words = ["build", "--release", "-p", "duban-tests", "--bench", "plain", "--message-format", "json"];
  const said = await run(["cargo", ...words], { cwd: inRepository(".") });
  const made = said
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line))
    .find((one) => one.target?.name === "plain" && one.executable);
  if (made === undefined) throw new Error("cargo made no plain handler");
  return made.executable;
}
