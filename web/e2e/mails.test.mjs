// One-time links by mail: the owner gets the link, the administrator sees that it went, waits or failed.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { asPerson } from "./lib/people.mjs";
import { listen, textOf } from "./lib/post.mjs";
import { openStage } from "./lib/stage.mjs";

const SECRET = "yinxing-ye-huang-le-man-jie";
const post = await listen({
  "gone@example.org": "550 no such mailbox",
  "busy@example.org": "451 try again later",
});
after(() => post.stop());
const stage = openStage(undefined, {
  DUBAN_MAIL__HOST: "127.0.0.1",
  DUBAN_MAIL__PORT: String(post.port),
  DUBAN_MAIL__SECURITY: "none",
  DUBAN_MAIL__FROM: "督办 <duban@example.org>",
  DUBAN_JOBS__INTERVAL_SECONDS: "1",
});

/** How long a round of jobs may take on a slow machine. */
const ROUND_MS = 60_000;

/** Opens the mail queue again and again until the row of somebody says so. */
async function untilRow(page, name, words) {
  const row = page.getByRole("row", { name: new RegExp(name, "u") }).filter({ hasText: words });
  for (const end = Date.now() + ROUND_MS; Date.now() < end && (await row.count()) === 0; ) {
    await open(page, "/settings/mails");
  }
  await row.waitFor();
  return row;
}

async function chooseFrom(page, label, text) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill(text);
  await page.getByRole("option").first().waitFor();
  await field.press("Enter");
}

test(
  "an invitation goes by mail; the queue shows mails that went, wait and failed",
  stage.as("demo-sysadmin", DESK.options, async ({ page }) => {
    await open(page, "/accounts");
    await page.getByRole("button", { name: "邀请人员" }).click();
    const dialog = page.getByRole("dialog", { name: "邀请人员" });
    await dialog.getByLabel("姓名").fill("李娜");
    await dialog.getByLabel("登录名").fill("li-na");
    await chooseFrom(page, "单位", "XXB");
    await dialog.getByLabel("邮箱").fill("li-na@nowhere");
    await dialog.getByRole("button", { name: "生成邀请" }).click();
    await dialog.getByText("邮箱地址不完整").waitFor();
    await dialog.getByLabel("邮箱").fill("li.na@example.org");
    await dialog.getByRole("button", { name: "生成邀请" }).click();
    await page.getByText("给 李娜 的一次性链接将发到 l***@example.org").waitFor();
    assert.equal(await page.getByText(/\/invitation#/u).count(), 0, "its owner alone sees it");

    const admin = await caller(stage.server, "demo-sysadmin");
    for (const [login, displayName] of [
      ["gone", "周敏"],
      ["busy", "王强"],
    ]) {
      const mailAddress = `${login}@example.org`;
      const input = { login, displayName, departmentId: "XXB", mailAddress };
      const invited = await admin.change("inviteAccount", input, "mailedTo");
      assert.deepEqual(invited.userErrors, []);
    }
    await untilRow(page, "李娜", "已发");
    await untilRow(page, "周敏", "no such mailbox");
    const waiting = await untilRow(page, "王强", "try again later");
    await waiting.getByText("待发").waitFor();
    await waiting.getByText(/再试$/u).waitFor();
    await examine(page, DESK);
    await open(page, "/settings/mails?state=FAILED");
    await page.getByRole("row", { name: /周敏/u }).waitFor();
    assert.equal(await page.getByRole("row", { name: /李娜|王强/u }).count(), 0);

    assert.equal(post.mails.length, 1);
    const text = textOf(post.mails[0]);
    const link = new URL(/^http\S+\/invitation#\S+$/mu.exec(text)[0]);
    assert.equal((await page.content()).includes(link.hash.slice(1)), false);
    await asPerson(stage, null, async (guest) => {
      await open(guest, `${link.pathname}${link.hash}`);
      await guest.getByText("李娜，您好").waitFor();
      await guest.getByLabel(/^新密码/u).fill(SECRET);
      await guest.getByLabel("再输一遍新密码").fill(SECRET);
      await guest.getByRole("button", { name: "设置密码" }).click();
      await guest.waitForURL("**/sign-in");
    });
  }),
);

test(
  "the queue is read on a phone",
  stage.as(
    "demo-sysadmin",
    { ...HAND.options, preferences: { theme: "system" } },
    async ({ page }) => {
      await open(page, "/settings/mails");
      await page.getByText("no such mailbox").waitFor();
      await examine(page, HAND);
    },
  ),
);

test(
  "the administrator sets an address and clears it; that of a security administrator is its owner's",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    const edit = async (name) => {
      await open(page, `/accounts?text=${encodeURIComponent(name)}`);
      await page.getByRole("button", { name: `演示·${name}` }).click();
      await page.getByRole("button", { name: "修改账号" }).click();
      return page.getByRole("dialog", { name: `修改 演示·${name} 的账号` });
    };
    const first = await edit("审核员");
    await first.getByText("尚未填写").waitFor();
    await first.getByLabel("邮箱").fill("shen@example.org");
    await first.getByRole("button", { name: "保存" }).click();
    await page.getByText("账号已修改").waitFor();
    const second = await edit("审核员");
    await second.getByText("现为 s***@example.org").waitFor();
    await second.getByRole("checkbox", { name: "清除邮箱" }).check();
    await second.getByRole("button", { name: "保存" }).click();
    await second.waitFor({ state: "detached" });
    const third = await edit("审核员");
    await third.getByText("尚未填写").waitFor();
    const other = await edit("安全管理员");
    await other.getByLabel("邮箱").fill("mine@example.org");
    await other.getByRole("button", { name: "保存" }).click();
    await other.getByText("安全管理员、审计员的邮箱由本人在“我的”中填写。").waitFor();
  }),
);
