// What happens is sent to a receiver: an endpoint is made, tried, paused, replaced its secret, and removed.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { caller } from "./lib/api.mjs";
import { violations } from "./lib/axe.mjs";
import { open, place, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { listen } from "./lib/receiver.mjs";
import { openStage } from "./lib/stage.mjs";
import { chineseOnScreen } from "./lib/words.mjs";

const stage = openStage();
let receiver;
before(async () => {
  receiver = await listen();
});
after(() => receiver.stop());

/** A service account with the role of a city's reporter, made over the API. */
async function serviceAccount(login, displayName) {
  const maker = await caller(stage.server, "demo-sysadmin");
  const input = { login, displayName, departmentId: "410300" };
  const made = await maker.change("createServiceAccount", input, "account { id }");
  assert.deepEqual(made.userErrors, []);
  const accountId = made.account.id;
  const security = await caller(stage.server, "demo-secadmin");
  const role = {
    accountId,
    role: "MUNICIPAL_REPORTER",
    departmentId: "410300",
    reach: "SUBTREE",
  };
  assert.deepEqual((await security.change("grantRole", role, "account { id }")).userErrors, []);
  return { accountId, security };
}

/** An endpoint with some messages, made over the API. */
async function webhook(login, displayName, given = {}) {
  const { accountId, security } = await serviceAccount(login, displayName);
  const input = { accountId, name: "数据平台", url: receiver.url, ...given };
  const made = await security.change("createWebhook", input, "webhook { id }");
  assert.deepEqual(made.userErrors, []);
  const id = made.webhook.id;
  const tried = await security.change("testWebhook", { webhookId: id }, "webhook { id }");
  assert.deepEqual(tried.userErrors, []);
  return { id, security };
}

/** Whether a message that came is signed with a secret, by Standard Webhooks. */
function isSigned({ headers, body }, secret) {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
  const expected = createHmac("sha256", key).update(signed).digest("base64");
  return headers["webhook-signature"].split(" ").includes(`v1,${expected}`);
}

/** The secret that a dialog shows, copied, and the dialog closed. */
async function takeSecret(page, title) {
  const shown = page.getByRole("dialog", { name: title });
  await shown.getByText("密钥只显示这一次").waitFor();
  const secret = await shown.locator("code.select-all").textContent();
  assert.match(secret, /^whsec_[\w+/=]{44}$/u);
  await shown.getByRole("region", { name: "接收方这样核对（Python）" }).waitFor();
  await shown.getByRole("radio", { name: "TypeScript" }).check({ force: true });
  await shown.getByRole("region", { name: "接收方这样核对（TypeScript）" }).waitFor();
  assert.deepEqual(await violations(page), []);
  await page.keyboard.press("Escape");
  await shown.getByText("密钥还没有复制").waitFor();
  await shown.getByRole("button", { name: "关闭" }).last().click();
  await shown.waitFor({ state: "detached" });
  assert.equal((await page.content()).includes(secret), false, "it is shown once");
  return secret;
}

const rows = (page) => page.getByRole("table", { name: "投递日志" }).locator("tbody tr");

test(
  "a webhook is made, tried, seen delivered, paused, resumed, sent again and removed",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    await serviceAccount("luoyang-data", "洛阳数据平台");
    await open(page, "/integrations?tab=webhooks");
    await page.getByText("还没有推送").waitFor();
    const secret = await makeByHand(page);
    await page.getByRole("link", { name: "数据平台", exact: true }).click();
    await page.getByRole("heading", { name: "数据平台", level: 2 }).waitFor();
    await page.getByText("还没有消息").waitFor();

    const came = receiver.next();
    await page.getByRole("button", { name: "试发一条" }).click();
    const message = await came;
    assert.equal(JSON.parse(message.body).type, "webhook.test");
    assert.ok(isSigned(message, secret));
    const row = rows(page).first();
    await row.getByText("已送达", { exact: true }).waitFor();
    for (const told of ["试发消息", "webhook.test", "答复 204", "毫秒"]) {
      assert.ok((await row.innerText()).includes(told), told);
    }
    await examine(page, DESK);

    const again = receiver.next();
    await row.getByRole("button", { name: /^重发/u }).click();
    assert.equal((await again).headers["webhook-id"], message.headers["webhook-id"]);
    await row.getByText("共 2 次").waitFor();
    await row.getByText("已送达", { exact: true }).waitFor();

    await pauseAndResume(page);
    const rotated = await rotate(page);
    const signed = receiver.next();
    await page.getByRole("button", { name: "试发一条" }).click();
    const both = await signed;
    assert.ok(isSigned(both, secret) && isSigned(both, rotated), "both for a day");

    await page.getByRole("button", { name: "删除", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "删除推送“数据平台”" });
    await dialog.getByRole("button", { name: "确认删除" }).click();
    await page.getByText("还没有推送").waitFor();
    assert.equal(place(page), "/integrations?tab=webhooks");
  }),
);

/** Makes an endpoint on the page, each mistake told at its field; its secret. */
async function makeByHand(page) {
  await page.getByRole("button", { name: "新建推送" }).click();
  const dialog = page.getByRole("dialog", { name: "新建推送" });
  const send = dialog.getByRole("button", { name: "新建", exact: true });
  await dialog.getByLabel("名称").fill("数据平台");
  const url = dialog.getByLabel("接收地址");
  await url.fill("https://a:b@hooks.example.org/");
  await send.click();
  await dialog.getByRole("alert").first().waitFor();
  assert.equal(await url.getAttribute("aria-invalid"), "true");
  await url.fill(receiver.url);
  await dialog.getByRole("checkbox", { name: "督办单" }).check();
  await dialog.getByRole("radio", { name: "自定义内容" }).check({ force: true });
  const query = dialog.getByLabel("订阅语句");
  await query.fill("subscription { changed { nothing } }");
  await send.click();
  await dialog.getByText("订阅语句不可用").waitFor();
  assert.equal(await query.getAttribute("aria-invalid"), "true");
  await dialog.getByRole("button", { name: "督办单" }).click();
  assert.match(await query.inputValue(), /SUPERVISION_NOTICE/u);
  await examine(page, DESK);
  await send.click();
  return takeSecret(page, "推送“数据平台”已新建");
}

async function pauseAndResume(page) {
  await page.getByRole("button", { name: "暂停", exact: true }).click();
  await page.getByText("已暂停，变动在此等候", { exact: true }).waitFor();
  assert.equal(await page.getByRole("button", { name: "试发一条" }).count(), 0);
  await open(page, "/integrations?tab=webhooks");
  const row = page.getByRole("row").filter({ hasText: "洛阳数据平台" });
  for (const told of [receiver.url, "督办单", "暂停", "已送达"]) {
    assert.ok((await row.innerText()).includes(told), told);
  }
  await page.goBack();
  await page.getByRole("button", { name: "恢复", exact: true }).click();
  await page.getByText("已暂停，变动在此等候", { exact: true }).waitFor({ state: "detached" });
}

async function rotate(page) {
  await page.getByRole("button", { name: "更换密钥" }).click();
  const dialog = page.getByRole("dialog", { name: "更换推送“数据平台”的密钥" });
  await dialog.getByRole("button", { name: "更换密钥" }).click();
  return takeSecret(page, "推送“数据平台”的密钥已更换");
}

test(
  "an endpoint that fails says how, and what was chosen is sent again",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    receiver.answers(500);
    const { id } = await webhook("failing", "失败平台");
    await open(page, `/integrations?tab=webhooks&webhook=${encodeURIComponent(id)}`);
    const row = rows(page).first();
    await row.getByText("答复 500").first().waitFor();
    await page.getByText(/起一直失败/u).waitFor();
    await page.getByRole("radio", { name: "已送达" }).check({ force: true });
    await page.getByText("没有这种状态的消息").waitFor();
    assert.match(place(page), /state=DELIVERED/u);
    await page.getByRole("radio", { name: "待送达" }).check({ force: true });
    await row.waitFor();
    receiver.answers(204);
    await row.getByRole("checkbox").check();
    await page.getByRole("button", { name: "重发所选（1）" }).click();
    await page.getByText("没有这种状态的消息").waitFor();
    await page.getByRole("radio", { name: "全部" }).check({ force: true });
    await row.getByText("已送达", { exact: true }).waitFor();

    await page.getByRole("button", { name: "按时间重发" }).click();
    const range = page.getByRole("dialog", { name: "按时间重发" });
    const until = range.getByLabel("到（不含）");
    await until.fill("2000-01-01T00:00");
    await range.getByText("须晚于开始时间").waitFor();
    await until.fill("2099-01-01T00:00");
    assert.deepEqual(await violations(page), []);
    const came = receiver.next();
    await range.getByRole("button", { name: "重发" }).click();
    await came;
    await page.getByText("1 条消息将重发").first().waitFor();
  }),
);

test(
  "an endpoint is changed, and somebody else's change is not lost",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    const { id, security } = await webhook("to-change", "修改平台");
    await open(page, `/integrations?tab=webhooks&webhook=${encodeURIComponent(id)}`);
    await page.getByRole("button", { name: "修改", exact: true }).click();
    const dialog = page.getByRole("dialog", { name: "修改推送“数据平台”" });
    const name = dialog.getByLabel("名称");
    const change = { webhookId: id, expectedVersion: 1, name: "别人改的" };
    const other = await security.change("updateWebhook", change, "webhook { version }");
    assert.deepEqual(other.userErrors, []);
    await name.fill("新名称");
    await dialog.getByRole("button", { name: "保存" }).click();
    await dialog.getByRole("alert").waitFor();
    assert.equal(await name.inputValue(), "新名称", "nothing is lost");
    await page.reload();
    await page.getByRole("heading", { name: "别人改的" }).waitFor();
    await page.getByRole("button", { name: "修改", exact: true }).click();
    const next = page.getByRole("dialog", { name: "修改推送“别人改的”" });
    await next.getByLabel("名称").fill("新名称");
    await next.getByRole("checkbox", { name: "任务" }).check();
    await next.getByRole("button", { name: "保存" }).click();
    await page.getByRole("heading", { name: "新名称" }).waitFor();
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `every view stands the tests of all pages: ${device.name}`,
    stage.as(
      "demo-secadmin",
      { ...device.options, preferences: { theme: "system" } },
      async ({ page }) => {
        const query = "subscription { changed { action } }";
        const login = `hook-look-${device.name}`;
        const { id } = await webhook(login, "外观平台", { types: ["TASK", "METRIC"], query });
        await open(page, "/integrations?tab=webhooks");
        await examine(page, device);
        await page.getByRole("button", { name: "新建推送" }).click();
        await examine(page, device);
        const at = new URLSearchParams({ tab: "webhooks", webhook: id });
        await open(page, `/integrations?${at}`);
        await rows(page).first().getByText("已送达", { exact: true }).waitFor();
        await page.locator("summary").first().click();
        await settled(page);
        await examine(page, device);
        await open(page, `/integrations?tab=webhooks&webhook=none`);
        await page.getByText("没有这个推送").waitFor();
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
      const { id } = await webhook("hook-english", "英文平台", { name: "report" });
      const at = new URLSearchParams({ tab: "webhooks", account: "hook-english", webhook: id });
      for (const search of ["tab=webhooks", at]) {
        await open(page, `/integrations?${search}`);
        assert.deepEqual(await chineseOnScreen(page), [], String(search));
      }
    },
  ),
);

test(
  "whoever makes accounts but no tokens has no such tab",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    await open(page, "/integrations?tab=webhooks");
    await page.getByRole("tab", { name: "服务账号与令牌", selected: true }).waitFor();
    assert.equal(await page.getByRole("tab", { name: "推送" }).count(), 0);
  }),
);
