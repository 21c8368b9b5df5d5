// Where second factors are required: administrators set one up at sign-in, and approvals ask for a code.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { caller } from "./lib/api.mjs";
import { violations } from "./lib/axe.mjs";
import { launch, open, PASSWORD, visit } from "./lib/browser.mjs";
import { enrol, firstStep, secretIn } from "./lib/factor.mjs";
import { beginTasks } from "./lib/month.mjs";
import { start, startServer } from "./lib/server.mjs";
import { codeAt } from "./lib/totp.mjs";

const TASK = "2025-17";
const SECRET = "yinxing-ye-huang-le-man-jie";
const SETTINGS = {
  DUBAN_IDENTITY__APPROVALS_NEED_SECOND_FACTOR: "true",
  // A session lives on when the clock is set to the day after tomorrow.
  DUBAN_IDENTITY__SESSION_IDLE_MINUTES: "9000",
};

// What it is at changes when it is started again.
const server = {};
let browser;
before(async () => {
  Object.assign(server, await startServer(beginTasks, SETTINGS));
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await server.stop?.();
});

/** Somebody at a window, who must leave no fault behind. */
async function as(account, act) {
  const { context, page, faults } = await visit(browser, server, account);
  try {
    await act(page, context);
    assert.deepEqual(faults, [], `faults in the window of ${account}`);
  } finally {
    await context.close();
  }
}

test("an administrator who must have a second factor sets it up at sign-in", async () => {
  const [system, security] = [
    await caller(server, "demo-sysadmin"),
    await caller(server, "demo-secadmin"),
  ];
  const invited = await system.change(
    "inviteAccount",
    { login: "zhao", displayName: "赵敏", departmentId: "HNAST" },
    "account { id } link { path }",
  );
  assert.deepEqual(invited.userErrors, []);
  await as(null, async (page) => {
    await open(page, invited.link.path);
    await page.getByLabel(/^新密码/u).fill(SECRET);
    await page.getByLabel("再输一遍新密码").fill(SECRET);
    await page.getByRole("button", { name: "设置密码" }).click();
    await page.waitForURL("**/sign-in");
    const given = await security.change(
      "grantRole",
      {
        accountId: invited.account.id,
        role: "AUDITOR",
        departmentId: "HNAST",
        reach: "SUBTREE",
      },
      "account { id }",
    );
    assert.deepEqual(given.userErrors, []);

    const title = "此账号须启用动态口令";
    await firstStep(page, "zhao", { password: SECRET, title });
    assert.deepEqual(await violations(page), [], "axe, before");
    await page.getByRole("button", { name: "开始设置" }).click();
    await page.getByRole("img", { name: "动态口令二维码" }).waitFor();
    assert.deepEqual(await violations(page), [], "axe, the code for a camera");
    const secret = await secretIn(page);
    const field = page.getByRole("textbox", { name: "动态口令" });
    await field.fill("000000");
    await page.getByRole("button", { name: "启用", exact: true }).click();
    await page.getByText("动态口令不正确").waitFor();
    await field.fill(codeAt(secret, Date.now()));
    await page.getByRole("button", { name: "启用", exact: true }).click();
    const kept = page.getByRole("region", { name: "备用码，只显示这一次" });
    await kept.waitFor();
    assert.equal(await kept.getByRole("listitem").count(), 10);
    await page.getByRole("button", { name: "进入督办" }).click();
    await page.getByRole("button", { name: "赵敏的菜单" }).waitFor();

    await open(page, "/me");
    await page.getByText("您的角色必须使用动态口令").waitFor();
    assert.equal(await page.getByRole("button", { name: "移除动态口令" }).count(), 0);
  });
});

test("an approval asks for password and second factor again when the last proofs are old", async () => {
  const liaison = await caller(server, "demo-liaison-xxb");
  const { task } = await liaison.ask(`{ task(id: "${TASK}") { version } }`);
  const submitted = await liaison.change(
    "submitCompletion",
    { taskId: TASK, expectedVersion: task.version, reason: "平台建成，两场对接活动已举办" },
    "task { id }",
  );
  assert.deepEqual(submitted.userErrors, []);
  await as("demo-leader", async (page) => {
    const done = page
      .getByRole("region", { name: "待我审批" })
      .getByRole("listitem")
      .filter({ has: page.getByText(TASK, { exact: true }) });
    const approve = async () => {
      await open(page, new URL("/", server.url).href);
      await done.getByRole("button", { name: "办结", exact: true }).click();
      await done.getByRole("button", { name: "确认办结" }).click();
    };
    await approve();
    await page.getByText("尚未启用动态口令").first().waitFor();
    const { codes } = await enrol(page);

    // Later than a quarter of an hour after the code that set it up.
    await page.goto("about:blank");
    await server.stop();
    const later = new Date(Date.now() + 2 * 86_400_000).toISOString().slice(0, 10);
    Object.assign(server, await start(server.folder, { ...SETTINGS, DUBAN_DEMO_DAY: later }));
    await approve();
    const dialog = page.getByRole("dialog", { name: "确认身份" });
    await dialog.getByText("请再输入一次您的密码").waitFor();
    await dialog.getByRole("textbox", { name: /密码/u }).fill(PASSWORD);
    await dialog.getByRole("button", { name: "确认", exact: true }).click();
    await dialog.getByText("此操作需要动态口令").waitFor();
    assert.deepEqual(await violations(page), [], "axe, the dialog");
    await dialog.getByRole("button", { name: "取消" }).click();
    await dialog.waitFor({ state: "detached" });
    await done.waitFor();

    await approve();
    const field = dialog.getByRole("textbox", { name: "动态口令" });
    await field.fill("000000");
    await dialog.getByRole("button", { name: "确认", exact: true }).click();
    await dialog.getByText("动态口令不正确").waitFor();
    await field.fill(codes[0]);
    await dialog.getByRole("button", { name: "确认", exact: true }).click();
    await done.waitFor({ state: "detached" });
  });
  const officer = await caller(server, "demo-officer");
  const { task: decided } = await officer.ask(`{ task(id: "${TASK}") { state } }`);
  assert.equal(decided.state, "COMPLETED");
});
