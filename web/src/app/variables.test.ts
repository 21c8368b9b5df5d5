import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const SOURCES = join(import.meta.dirname, "..");

/** The texts of all files with such an ending. */
function texts(ending: string): string {
  return readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(ending))
    .map((path) => readFileSync(join(SOURCES, path), "utf8"))
    .join("\n");
}

const found = (text: string, pattern: RegExp): Set<string> =>
  new Set([...text.matchAll(pattern)].map((match) => match[1] ?? ""));

test("style sheets read only variables that something sets", () => {
  // Tailwind puts the values of its theme into the classes; as variables they are not there for others.
  const theme = readFileSync(join(import.meta.dirname, "theme.css"), "utf8");
  const styles = texts(".css").replace(theme, "");
  const set = new Set([
    ...found(styles, /(--[\w-]+)\s*:/g),
    ...found(texts(".tsx"), /"(--[\w-]+)":/g),
    // The one that app.css reads itself, so that it is put out for all.
    "--font-sans",
  ]);

  const read = found(styles, /var\((--[\w-]+)/g);

  expect(read).toContain("--face-document");
  expect([...read].filter((name) => !set.has(name))).toEqual([]);
});
