// 接口试验台: the API is tried as the person signed in, without a call to anywhere else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller, handOut } from "./lib/api.mjs";
import { open, PASSWORD, place } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { openStage } from "./lib/stage.mjs";
import { chineseOnScreen } from "./lib/words.mjs";

const stage = openStage();

const editor = (page, name) => page.getByRole("textbox", { name });

/** Puts a text in the place of what an editor holds. */
async function write(page, name, text) {
  await editor(page, name).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText(text);
}

/** What the page shows as the result, as JSON. */
async function result(page) {
  return JSON.parse(await page.getByRole("region", { name: "结果" }).last().innerText());
}

test(
  "a query is run as the person signed in, from this server alone",
  stage.as("demo-officer", {}, async ({ page }) => {
    const elsewhere = [];
    page.on("request", (request) => {
      if (new URL(request.url()).origin !== stage.server.url) elsewhere.push(request.url());
    });
    await open(page, "/graphiql");
    assert.match(await page.title(), /接口试验台/u);
    await page.getByRole("button", { name: "Query", exact: true }).waitFor();
    await write(page, "语句", "{ viewer { account { login } } }");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("HTTP 200").waitFor();
    assert.deepEqual((await result(page)).data, { viewer: { account: { login: "demo-officer" } } });
    await write(
      page,
      "语句",
      "query One($code: ID!) { plan(id: $code) { code } } query Two { viewer { permissions } }",
    );
    await write(page, "变量（JSON）", '{ "code": "2025" }');
    await page.keyboard.press("ControlOrMeta+Enter");
    await page.getByRole("region", { name: "结果" }).last().getByText('"2025"').waitFor();
    await page.getByRole("combobox", { name: "运行哪一个" }).selectOption("Two");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("task.read", { exact: false }).first().waitFor();
    assert.deepEqual(elsewhere, []);
    await page.reload();
    await editor(page, "语句").getByText("query One").waitFor();
  }),
);

test(
  "a mutation is not sent while the page only reads",
  stage.as("demo-officer", {}, async ({ page, expectFault }) => {
    // That the server refuses it says that it was sent.
    expectFault(/HTTP 403/u);
    expectFault(/status of 403/u);
    expectFault(/GraphQL: 无权访问/u);
    const sent = [];
    page.on("request", (request) => sent.push(request.postData() ?? ""));
    await open(page, "/graphiql");
    await write(page, "语句", "mutation { signOut { __typename } }");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("没有发送").waitFor();
    assert.equal(sent.filter((body) => body.includes("mutation { signOut")).length, 0);
    await page.getByRole("checkbox", { name: "允许修改数据" }).check();
    await page.getByText("现在可以修改数据").waitFor();
    await examine(page, DESK);
    await write(
      page,
      "语句",
      'mutation { pauseWebhook(input: { webhookId: "none" }) { userErrors { code } } }',
    );
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("FORBIDDEN", { exact: false }).first().waitFor();
    await page.reload();
    await page.getByRole("button", { name: "运行" }).waitFor();
    const isOn = await page.getByRole("checkbox", { name: "允许修改数据" }).isChecked();
    assert.equal(isOn, false, "each visit begins with reading");
  }),
);

test(
  "what cannot be sent is said, and what the server refuses is shown",
  stage.as("demo-officer", {}, async ({ page, expectFault }) => {
    expectFault(/HTTP 4\d\d/u);
    expectFault(/status of 4\d\d/u);
    expectFault(/GraphQL: /u);
    await open(page, "/graphiql");
    await write(page, "语句", "{ viewer {");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("语句还不完整").waitFor();
    await write(page, "语句", "{ viewer { password } }");
    await write(page, "变量（JSON）", "[1]");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("变量须是一个 JSON 对象").waitFor();
    await write(page, "变量（JSON）", "{}");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText(/HTTP \d00/u).waitFor();
    assert.match(JSON.stringify(await result(page)), /password/u);
  }),
);

test(
  "names are completed and explained, and keys are no shortcuts while somebody types",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/graphiql");
    await page.getByRole("button", { name: "Query", exact: true }).waitFor();
    await write(page, "语句", "{ ");
    await page.keyboard.type("latestCh");
    await page.getByRole("option", { name: /latestChangeCursor/u }).waitFor();
    // An Enter that was meant for a new line chooses nothing: the list takes none in its first moments.
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await editor(page, "语句").getByText("latestChangeCursor").waitFor();
    await page.keyboard.type(" # g t ? /");
    assert.equal(place(page), "/graphiql");
    assert.equal(await page.getByRole("dialog").count(), 0);
    await page.getByRole("searchbox", { name: "按类型或字段名查找" }).fill("webhookDeliver");
    await page.getByRole("button", { name: "WebhookDelivery", exact: true }).first().click();
    await page.getByRole("heading", { name: "WebhookDelivery" }).waitFor();
    await page.getByRole("button", { name: "[WebhookAttempt!]!" }).click();
    await page.getByRole("heading", { name: "WebhookAttempt" }).waitFor();
  }),
);

test(
  "a subscription goes on until it is stopped",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/graphiql");
    await write(page, "语句", "subscription { changed(types: [TASK]) { action } }");
    await page.getByRole("button", { name: "运行" }).click();
    await page.getByText("接收中").waitFor();
    const officer = await caller(stage.server, "demo-officer");
    await handOut(officer, ["2025-09"], "2027-06-30");
    await page.getByText("task.handed_out", { exact: false }).first().waitFor();
    await page.getByText(/已收到 \d+ 条/u).waitFor();
    await page.getByRole("button", { name: "停止" }).click();
    await page.getByText("已结束").waitFor();
  }),
);

test(
  "strangers sign in first",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/graphiql");
    await page.getByRole("heading", { name: "登录" }).waitFor();
    assert.equal(place(page), "/sign-in?to=/graphiql");
    await page.getByLabel("账号", { exact: true }).fill("demo-officer");
    await page.getByLabel("密码", { exact: true }).fill(PASSWORD);
    await page.getByRole("button", { name: "登录", exact: true }).click();
    await page.getByRole("heading", { name: "接口试验台", level: 1 }).waitFor();
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `it stands the tests of all pages: ${device.name}`,
    stage.as(
      "demo-officer",
      { ...device.options, preferences: { theme: "system" } },
      async ({ page }) => {
        await open(page, "/graphiql");
        await page.getByRole("button", { name: "Query", exact: true }).click();
        await page.getByRole("button", { name: "运行" }).click();
        await page.getByText("HTTP 200").waitFor();
        await examine(page, device);
      },
    ),
  );
}

test(
  "it is English where the reader is",
  stage.as(
    "demo-officer",
    { preferences: { theme: "light", locale: "en" }, locale: "en-US" },
    async ({ page }) => {
      await open(page, "/graphiql");
      await page.getByRole("button", { name: "Query", exact: true }).waitFor();
      assert.deepEqual(await chineseOnScreen(page), []);
    },
  ),
);
