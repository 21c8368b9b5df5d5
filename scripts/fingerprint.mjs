// Prints one digest of files and folders, without what is generated: `node fingerprint.mjs PATH…`.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";

const GENERATED = new Set(["node_modules", "dist", "e2e", "screenshots", "test-results", "coverage"]);

function* files(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return;
  if (!found.isDirectory()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (GENERATED.has(name) || name.endsWith(".tsbuildinfo")) continue;
    yield* files(join(path, name));
  }
}

const digest = createHash("sha256");
for (const path of process.argv.slice(2).flatMap((argument) => [...files(argument)])) {
  const content = readFileSync(path);
  digest.update(`${path}\0${content.length}\0`).update(content);
}
process.stdout.write(digest.digest("hex"));
