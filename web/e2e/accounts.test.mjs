// From an invitation to the first sign-in, a role, and standing in for each other.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { open, settled } from "./lib/browser.mjs";
import { asPerson, dayFrom } from "./lib/people.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const SECRET = "yinxing-ye-huang-le-man-jie";

/** Opens the drawer of an account by its name. */
async function openAccount(page, name) {
  await open(page, `/accounts?text=${encodeURIComponent(name)}`);
  await page.getByRole("button", { name, exact: true }).click();
  await page.getByRole("dialog", { name }).waitFor();
}

async function chooseFrom(page, label, text) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill(text);
  await page.getByRole("option").first().waitFor();
  await field.press("Enter");
}

test(
  "somebody is invited, sets a password, is given a role and lets another stand in",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    await open(page, "/accounts");
    await page.getByRole("button", { name: "邀请人员" }).click();
    const dialog = page.getByRole("dialog", { name: "邀请人员" });
    await dialog.getByLabel("姓名").fill("李娜");
    await dialog.getByLabel("登录名").fill("li-na");
    await chooseFrom(page, "单位", "XXB");
    await dialog.getByRole("button", { name: "生成邀请" }).click();
    const link = await page.getByText(/\/invitation#/u).textContent();
    const path = new URL(link.trim());

    await asPerson(stage, null, async (guest) => {
      await open(guest, `${path.pathname}${path.hash}`);
      await guest.getByText("李娜，您好").waitFor();
      await guest.getByLabel(/^新密码/u).fill(SECRET);
      await guest.getByLabel("再输一遍新密码").fill(SECRET);
      await guest.getByRole("button", { name: "设置密码" }).click();
      await guest.waitForURL("**/sign-in");
      await guest.getByLabel("账号", { exact: true }).fill("li-na");
      await guest.getByLabel("密码", { exact: true }).fill(SECRET);
      await guest.getByRole("button", { name: "登录", exact: true }).click();
      await guest.getByRole("button", { name: "李娜的菜单" }).waitFor();
    });

    await asPerson(stage, "demo-secadmin", async (admin) => {
      await openAccount(admin, "李娜");
      await admin.getByText("还没有授权").waitFor();
      await admin.getByRole("button", { name: "授权", exact: true }).click();
      await admin.getByRole("dialog", { name: "为 李娜 授权" }).waitFor();
      await admin.getByRole("button", { name: "授予" }).click();
      await admin.getByText("部门联络员").first().waitFor();
      await settled(admin);
    });
  }),
);

test(
  "the leader lets the officer stand in, and ends it",
  stage.as("demo-leader", {}, async ({ page }) => {
    await open(page, "/me");
    await page.getByRole("button", { name: "委托代理" }).click();
    const dialog = page.getByRole("dialog", { name: "委托代理" });
    await chooseFrom(page, "由谁代理", "督办员");
    await dialog.getByLabel("结束日期").fill(await dayFrom(stage, 3));
    await dialog.getByLabel("事由").fill("赴京参加培训");
    await dialog.getByRole("button", { name: "确定委托" }).click();
    await page.getByText("由 演示·督办员 代理我").waitFor();
    await asPerson(stage, "demo-officer", async (officer) => {
      await open(officer, "/me");
      await officer.getByText("我代理 演示·分管领导").waitFor();
    });
    await page.getByRole("button", { name: "结束", exact: true }).click();
    await page.getByText("已终止").waitFor();
  }),
);

test(
  "the system administrator changes an account",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    await open(page, `/accounts?text=${encodeURIComponent("审核员")}`);
    await page.getByRole("button", { name: /^演示·审核员/u }).click();
    await page.getByRole("button", { name: "修改账号" }).click();
    const dialog = page.getByRole("dialog", { name: "修改 演示·审核员 的账号" });
    const save = dialog.getByRole("button", { name: "保存" });
    assert.equal(await save.isDisabled(), true, "nothing has changed yet");
    await dialog.getByLabel("姓名").fill("周敏");
    const unit = page.getByRole("combobox", { name: "单位" });
    // The unit's name arrives after the dialog, and would undo the selection.
    await page.waitForFunction((field) => field.value !== "", await unit.elementHandle());
    await unit.press("ControlOrMeta+a");
    await unit.pressSequentially("XXB");
    await page.getByRole("option").first().waitFor();
    await unit.press("Enter");
    assert.deepEqual(await violations(page), []);
    await save.click();
    await page.getByText("账号已修改").waitFor();
    await page.getByRole("dialog", { name: "周敏" }).getByText("学会学术部").first().waitFor();
  }),
);

test(
  "the security administrator lets somebody stand in for one who is away",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    await open(page, `/accounts?text=${encodeURIComponent("分管领导")}`);
    await page.getByRole("button", { name: /^演示·分管领导/u }).click();
    await page.getByRole("button", { name: "委托代理" }).click();
    const dialog = page.getByRole("dialog", { name: "为 演示·分管领导 委托代理" });
    await chooseFrom(page, "由谁代理", "查阅");
    await dialog.getByLabel("结束日期").fill(await dayFrom(stage, 2));
    await dialog.getByLabel("事由").fill("住院治疗");
    assert.deepEqual(await violations(page), []);
    await dialog.getByRole("button", { name: "确定委托" }).click();
    await page.getByText("已委托代理").waitFor();
    await asPerson(stage, "demo-viewer", async (viewer) => {
      await open(viewer, "/me");
      await viewer.getByText("我代理 演示·分管领导").waitFor();
    });
  }),
);

test(
  "a link that was used is told as such",
  stage.as(null, {}, async ({ page }) => {
    await open(page, `/invitation#${"A".repeat(43)}`);
    await page.getByText("链接无效、已用过或已过期").waitFor();
    assert.equal(await page.getByRole("button", { name: "设置密码" }).count(), 0);
  }),
);
