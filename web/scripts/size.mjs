// Holds the build against its byte budgets: what the overview needs at the start, and each lazy chunk.
import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const dist = new URL("../dist/", import.meta.url);
const KILOBYTE = 1024;
const LIMITS = { initialJs: 130, initialCss: 10, lazyChunk: 110 };

/** What the router fetches to draw the overview in Chinese; the entry stands in the page itself. */
const INITIAL = [/^src\/pages\/overview\/OverviewPage\.tsx$/, /^_words-zh-CN-/];

if (!existsSync(new URL(".vite/manifest.json", dist))) {
  console.error("size: no build found; run `npm run build` first");
  process.exit(1);
}
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", dist), "utf8"));

/** Gzipped size in KB. */
const sizeOf = (file) =>
  gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length / KILOBYTE;

function collect(key, seen) {
  const chunk = manifest[key];
  if (seen.has(key)) return;
  seen.add(key);
  for (const next of chunk.imports ?? []) collect(next, seen);
}

const initial = new Set();
for (const name of INITIAL) {
  const key = Object.keys(manifest).find((one) => name.test(one));
  if (key === undefined) throw new Error(`size: ${name} is not in the build`);
  collect(key, initial);
}
const chunks = [...initial].map((key) => manifest[key]);
const page = readFileSync(new URL("index.html", dist), "utf8");
const named = [...page.matchAll(/(?:src|href)="\/([\w./-]+\.(?:js|css))"/g)].map(
  ([, file]) => file,
);
if (!named.some((file) => file.endsWith(".js")) || !named.some((file) => file.endsWith(".css"))) {
  throw new Error("size: the page names no script or no style");
}
const all = [...named, ...chunks.flatMap((chunk) => [chunk.file, ...(chunk.css ?? [])])];
const styles = new Set(all.filter((file) => file.endsWith(".css")));
const scripts = new Set(all.filter((file) => file.endsWith(".js")));
const total = (files) => [...files].reduce((sum, file) => sum + sizeOf(file), 0);

const lazy = Object.entries(manifest)
  .filter(([, chunk]) => chunk.file.endsWith(".js") && !scripts.has(chunk.file))
  .map(([, chunk]) => ({ name: chunk.file, size: sizeOf(chunk.file) }))
  .sort((a, b) => b.size - a.size);

const results = [
  { name: "initial JS", size: total(scripts), limit: LIMITS.initialJs },
  { name: "initial CSS", size: total(styles), limit: LIMITS.initialCss },
  ...lazy.slice(0, 5).map((chunk) => ({ ...chunk, limit: LIMITS.lazyChunk })),
];
for (const { name, size, limit } of results) {
  const verdict = size > limit ? "OVER" : "ok";
  console.log(`${verdict.padEnd(5)}${size.toFixed(1).padStart(7)} of ${limit} KB gz  ${name}`);
}
if (results.some(({ size, limit }) => size > limit)) process.exit(1);
