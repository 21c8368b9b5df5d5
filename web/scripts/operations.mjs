// The operations of the client, as the server may be told to trust them: `operations.json` beside the build
// holds each by the SHA-256 of its text, and the build sends that in its place.
import { createHash } from "node:crypto";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { formatDocument } from "@urql/core";
import { parse, print, stripIgnoredCharacters } from "graphql";

const SOURCES = fileURLToPath(new URL("../src", import.meta.url));
const DOCUMENT = /graphql\(\s*`([^`]*)`/g;
const NAME = /^\s*(query|mutation|subscription|fragment)\s+(\w+)/;

/** What stands in `graphql(…)` in the sources: kind, name, text and file of each. */
function documents() {
  const found = [];
  for (const entry of readdirSync(SOURCES, { recursive: true })) {
    if (!/\.tsx?$/.test(entry) || /\.test\.tsx?$/.test(entry)) continue;
    const file = join(SOURCES, entry);
    for (const [, text] of readFileSync(file, "utf8").matchAll(DOCUMENT)) {
      const [, kind, name] = NAME.exec(text) ?? [];
      if (name === undefined) throw new Error(`${file}: a document without a name`);
      found.push({ kind, name, text, file });
    }
  }
  return found;
}

/** A document with all the fragments that it spreads, each once. */
function complete(root, fragments) {
  const seen = new Map();
  const open = [root];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    if (seen.has(part)) continue;
    seen.set(part, part.text);
    for (const [, name] of part.text.matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      const fragment = fragments.get(name);
      if (fragment === undefined) throw new Error(`${root.file}: no fragment ${name}`);
      open.push(fragment);
    }
  }
  return [...seen.values()].join("\n");
}

/** Every operation with its name, file, id and text, as the client's cache asks for it. */
export function operations() {
  const all = documents();
  const fragments = new Map(
    all.filter((one) => one.kind === "fragment").map((one) => [one.name, one]),
  );
  return all
    .filter((one) => one.kind !== "fragment")
    .map((one) => {
      const document = formatDocument(parse(complete(one, fragments)));
      const text = stripIgnoredCharacters(print(document));
      const id = createHash("sha256").update(text).digest("hex");
      return { name: one.name, file: one.file, id, text };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Writes the id of each operation behind it, and all of them beside the build. */
export function trustedOperations() {
  let known = [];
  return {
    name: "trusted-operations",
    apply: "build",
    enforce: "pre",
    buildStart() {
      known = operations();
    },
    transform(code, id) {
      const own = known.filter(({ file }) => file === id);
      if (own.length === 0) return null;
      const lines = own.map(({ name, id }) => `identify("${name}", "${id}");`);
      const door = join(SOURCES, "graphql/documents.ts");
      return {
        code: `${code}\nimport { identify } from "${door}";\n${lines.join("\n")}\n`,
        map: null,
      };
    },
    generateBundle() {
      const texts = Object.fromEntries(known.map(({ id, text }) => [id, text]));
      const source = `${JSON.stringify(texts, null, 1)}\n`;
      this.emitFile({ type: "asset", fileName: "operations.json", source });
    },
  };
}
