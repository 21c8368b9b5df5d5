// Fails when a package of the web client, of the tests with clients of others or of the benchmark of peers comes under a licence that
// is not allowed here.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ALLOWED = new Set([
  "MIT",
  "MIT-0",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "0BSD",
  "ISC",
]);

// Licences beyond the list, for one package each (a final * stands for any ending), with the reason.
const EXCEPTIONS = [
  { name: "argparse", licence: "Python-2.0", reason: "under the linter of the schema; never shipped" },
  { name: "argparse", licence: "PSF-2.0", reason: "under PostGraphile, which the benchmark of peers measures; never shipped" },
  { name: "axe-core", licence: "MPL-2.0", reason: "drives the accessibility tests; never shipped" },
  { name: "caniuse-lite", licence: "CC-BY-4.0", reason: "data under the linter of the schema; never shipped" },
  { name: "fast-sha256", licence: "Unlicense", reason: "under the public library of Standard Webhooks; never shipped" },
  { name: "graceful-fs", licence: "BlueOak-1.0.0", reason: "build tool, under tailwindcss; never shipped" },
  { name: "isbot", licence: "Unlicense", reason: "under the router, for rendering on a server, which we do not" },
  { name: "lightningcss*", licence: "MPL-2.0", reason: "build tool of vite; never shipped" },
  { name: "minimatch", licence: "BlueOak-1.0.0", reason: "under the linter of the schema; never shipped" },
];

// Packages whose package.json names no licence: what their LICENSE file says.
const UNSTATED = new Map([["@react-aria/optimize-locales-plugin", "Apache-2.0"]]);

const folders = ["../web/", "../tests/clients/", "../tests/peers/"].map((path) => new URL(path, import.meta.url));

function readJson(url) {
  return JSON.parse(readFileSync(url, "utf8"));
}

/** Splits an SPDX expression into words and brackets. */
function tokens(expression) {
  return expression.match(/[()]|[^\s()]+/g) ?? [];
}

/** Whether an SPDX expression can be satisfied by licences that `accepts` takes. */
function satisfied(expression, accepts) {
  const rest = tokens(expression);
  const either = () => {
    let good = both();
    while (rest[0]?.toUpperCase() === "OR") {
      rest.shift();
      good = both() || good;
    }
    return good;
  };
  const both = () => {
    let good = one();
    while (rest[0]?.toUpperCase() === "AND") {
      rest.shift();
      good = one() && good;
    }
    return good;
  };
  const one = () => {
    const token = rest.shift();
    if (token !== "(") return token !== undefined && accepts(token);
    const good = either();
    return rest.shift() === ")" && good;
  };
  return either() && rest.length === 0;
}

function exceptionFor(name, licence) {
  return EXCEPTIONS.find(
    (exception) =>
      exception.licence === licence &&
      (exception.name.endsWith("*")
        ? name.startsWith(exception.name.slice(0, -1))
        : name === exception.name),
  );
}

/** The licence a lock entry states, else the one in the installed package. */
function licenceOf(folder, path, entry) {
  if (typeof entry.license === "string") return entry.license;
  try {
    const { license } = readJson(new URL(`${path}/package.json`, folder));
    return typeof license === "string" ? license : license?.type;
  } catch {
    return undefined;
  }
}

const refused = [];
let count = 0;
const entries = folders.flatMap((folder) =>
  Object.entries(readJson(new URL("package-lock.json", folder)).packages).map((one) => [folder, ...one]),
);
for (const [folder, path, entry] of entries) {
  if (path === "" || entry.link) continue;
  count += 1;
  const name = entry.name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  const licence = licenceOf(folder, path, entry) ?? UNSTATED.get(name);
  const accepts = (id) => ALLOWED.has(id) || exceptionFor(name, id) !== undefined;
  if (licence === undefined || !satisfied(licence, accepts)) {
    refused.push(`  ${name} ${entry.version}: ${licence ?? "no licence stated"}`);
  }
}

if (refused.length > 0) {
  console.error(`npm licences that are not allowed (the list is in ${fileURLToPath(import.meta.url)}):`);
  console.error(refused.join("\n"));
  process.exit(1);
}
console.log(`npm licences: ${count} packages, all allowed`);
