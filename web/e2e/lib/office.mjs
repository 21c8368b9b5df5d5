// An office that works for weeks: one database, a server that is started anew on each day, people with their windows.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { launch, open, settled } from "./browser.mjs";
import { asPerson } from "./people.mjs";
import { serverFolder, start } from "./server.mjs";

const run = promisify(execFile);

/** A database of one's own in PostgreSQL, of the server at `DUBAN_TEST_POSTGRES_URL`. */
export async function ownPostgres(name) {
  const server = process.env.DUBAN_TEST_POSTGRES_URL;
  const database = `duban_e2e_${name}_${process.pid}`;
  const tell = (sql) => run("psql", [server, "--no-psqlrc", "--quiet", "--command", sql]);
  await tell(`CREATE DATABASE ${database}`);
  const url = new URL(server);
  url.pathname = `/${database}`;
  return { url: url.href, drop: () => tell(`DROP DATABASE ${database} WITH (FORCE)`) };
}

/** Opens the office; `database` is an address, or none for a file. */
export async function openOffice(database) {
  const folder = await serverFolder();
  const stage = { browser: await launch(), server: null };
  const settings = { DUBAN_JOBS__INTERVAL_SECONDS: "1" };
  if (database !== undefined) settings.DUBAN_DATABASE__URL = database;

  /** Lets it be nine in the morning of a day. */
  const day = async (date) => {
    await stage.server?.stop();
    stage.server = await start(folder, { ...settings, DUBAN_DEMO_DAY: date });
  };
  const as = (account, act, options) => asPerson(stage, account, act, options);
  const close = async () => {
    await stage.browser.close();
    await stage.server?.stop();
  };
  return { stage, day, as, close };
}

/** What the page of a task says of it: `承办中 正常 …`, the light in its word, then every reason. */
export async function lightOf(page, code) {
  await open(page, `/tasks/${code}`);
  const light = page.getByRole("region", { name: "亮灯" });
  const word = await light.locator("p").first().innerText();
  const reasons = light.getByRole("list", { name: "原因" }).getByRole("listitem");
  const said = await reasons.evaluateAll((all) => all.map((one) => one.lastChild.textContent));
  return [word.split("\n")[0].trim(), ...said].join(" ");
}

/** How long the day's reminders may take to come. */
const PATIENCE_MS = 10_000;

/**
 * What somebody has not read yet must match, newest first, one pattern a sentence; it is marked as
 * read afterwards. Reminders of the day may still be on their way.
 */
export async function hears(page, ...patterns) {
  const items = page.locator("main li[data-row] a");
  const until = Date.now() + PATIENCE_MS;
  let said = [];
  do {
    await open(page, "/notifications?view=unread");
    said = await items.evaluateAll((all) => all.map((one) => one.lastChild.textContent));
  } while (said.length < patterns.length && Date.now() < until);
  const isHeard =
    said.length === patterns.length && patterns.every((one, at) => one.test(said[at]));
  assert.ok(isHeard, `unread: ${JSON.stringify(said)}, expected: ${patterns.join(" ")}`);
  if (said.length === 0) return;
  await page.getByRole("button", { name: "全部标为已读" }).click();
  await items.first().waitFor({ state: "detached" });
  await settled(page);
}
