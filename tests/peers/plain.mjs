// The plain axum handler, `tests/benches/plain.rs`: built by cargo where nobody names one.
import { join } from "node:path";
import { run, start } from "./processes.mjs";
import { inRepository, PLAIN_BIN } from "./settings.mjs";

/** Where the answers lie that it gives. */
export const answersIn = (folder) => join(folder, "answers");

/** Starts it on the answers in a folder. */
export function startPlain(program, folder) {
  const command = [program, answersIn(folder), "127.0.0.1:0"];
  return start("plain", command, { cwd: folder, log: join(folder, "plain.log") });
}

/** The program: the one that is named, else what cargo makes of the bench. */
export async function plainProgram() {
  if (PLAIN_BIN !== "") return PLAIN_BIN;
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
