// What programs called is counted and told: by token, for some days, to whoever manages tokens.
import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { caller } from "./lib/api.mjs";
import { open, place } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { openStage } from "./lib/stage.mjs";
import { chineseOnScreen } from "./lib/words.mjs";

const stage = openStage();
const WHO = "{ viewer { account { login } } }";

/** Calls the API with a token; the status. */
async function call(token, query) {
  const response = await fetch(`${stage.server.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  return response.status;
}

/** A service account whose token was used, once in vain; the page tells it once it is written. */
async function used(login, displayName, name) {
  const maker = await caller(stage.server, "demo-sysadmin");
  const given = { login, displayName, departmentId: "410300" };
  const made = await maker.change("createServiceAccount", given, "account { id }");
  assert.deepEqual(made.userErrors, []);
  const security = await caller(stage.server, "demo-secadmin");
  const input = { accountId: made.account.id, scopes: ["READ"], name };
  const issued = await security.change("issueApiToken", input, "secret");
  assert.deepEqual(issued.userErrors, []);
  for (const query of [WHO, WHO, WHO, "{ nothing }"]) await call(issued.secret, query);
  const query = "{ tokenUsage { account { login } requests } }";
  for (let tries = 0; tries < 60; tries += 1) {
    const { tokenUsage } = await security.ask(query);
    if (tokenUsage.some((one) => one.account.login === login && one.requests === 4)) return;
    await wait(500);
  }
  assert.fail("the requests were not counted in half a minute");
}

test(
  "usage is told by token, for the days that are chosen",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    await open(page, "/integrations?tab=usage");
    await page.getByText("这段时间没有请求").waitFor();
    await examine(page, DESK);
    await used("usage-platform", "用量平台", "月报程序");
    await page.reload();
    const row = page.getByRole("table", { name: "用量" }).getByRole("row");
    const cells = row.filter({ hasText: "用量平台" }).getByRole("cell");
    await cells.first().waitFor();
    const texts = await cells.allInnerTexts();
    assert.match(texts[0], /月报程序/u);
    assert.deepEqual([texts[1], texts[3], texts[4]], ["4", "0", "1"]);
    await page.getByRole("img", { name: /最多一日 4 次/u }).waitFor();
    await page.getByRole("radio", { name: "近 7 天" }).check({ force: true });
    await cells.first().waitFor();
    assert.equal(place(page), "/integrations?tab=usage&days=7");
    await page.getByRole("link", { name: "用量平台" }).click();
    await page.getByText("月报程序").first().waitFor();
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `the tab stands the tests of all pages: ${device.name}`,
    stage.as(
      "demo-secadmin",
      { ...device.options, preferences: { theme: "system" } },
      async ({ page }) => {
        await used(`usage-${device.name}`, "外观平台", "旧程序");
        await open(page, "/integrations?tab=usage&days=90");
        await page.getByRole("link", { name: "外观平台" }).first().waitFor();
        await examine(page, device);
      },
    ),
  );
}

test(
  "the tab is English where the reader is",
  stage.as(
    "demo-secadmin",
    { preferences: { theme: "light", locale: "en" }, locale: "en-US" },
    async ({ page }) => {
      await used("usage-english", "English platform", "report");
      await open(page, "/integrations?tab=usage");
      await page.getByRole("link", { name: "English platform" }).waitFor();
      assert.deepEqual(await chineseOnScreen(page), []);
    },
  ),
);

test(
  "whoever makes accounts but no tokens has no such tab",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    await open(page, "/integrations?tab=usage");
    await page.getByRole("tab", { name: "服务账号与令牌", selected: true }).waitFor();
    assert.equal(await page.getByRole("tab", { name: "用量" }).count(), 0);
  }),
);
