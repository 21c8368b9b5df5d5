// One server and one browser for a test file; each scene is a person's visit that must end without faults.
import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { after, before } from "node:test";
import { launch, visit } from "./browser.mjs";
import { startServer } from "./server.mjs";

const RESULTS = fileURLToPath(new URL("../../test-results/", import.meta.url));

/**
 * Starts server and browser before the first test of the file, ends them after the last; `prepare`
 * does what has begun long before, over the API, and `settings` are variables of the environment. Port 0
 * is any that is free.
 */
export function openStage(prepare, settings = {}, port = 0) {
  const stage = { server: null, browser: null };
  before(async () => {
    stage.server = await startServer(prepare, settings, port);
    stage.browser = await launch();
  });
  after(async () => {
    await stage.browser?.close();
    await stage.server?.stop();
  });

  /** A test as `account` (null: nobody): `act` gets the page and may expect faults by pattern. */
  stage.as = (account, options, act) => async (test) => {
    const { context, page, faults } = await visit(stage.browser, stage.server, account, options);
    const expected = [];
    try {
      await act({ page, context, faults, expectFault: (pattern) => expected.push(pattern), test });
      await settleFaults(page);
      assert.deepEqual(
        faults.filter((fault) => !expected.some((pattern) => pattern.test(fault))),
        [],
        "the browser reported faults",
      );
    } catch (error) {
      await keepPicture(page, test.name);
      throw error;
    } finally {
      // An answer that a test still forges when it ends is nobody's any more.
      await page.unrouteAll({ behavior: "ignoreErrors" }).catch(() => undefined);
      await context.close();
    }
  };
  return stage;
}

/** Lets answers that are under way be heard. */
async function settleFaults(page) {
  if (!page.isClosed()) await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
}

/** What the page looked like when a test failed, in web/test-results. */
async function keepPicture(page, name) {
  if (page.isClosed()) return;
  await mkdir(RESULTS, { recursive: true });
  const path = `${RESULTS}${name.replaceAll(/[^\p{L}\p{N}]+/gu, "-").slice(0, 80)}.png`;
  await page.screenshot({ path, fullPage: true }).catch(() => undefined);
}
