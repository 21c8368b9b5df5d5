// What people are told reaches them at once, leads to the very field, and goes out from a selection of tasks;
// administrators see the mails that wait.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { violationsInBothThemes } from "./lib/axe.mjs";
import { open, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { beginTasks, openMonth, submitReports } from "./lib/month.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage(beginTasks);
const LIAISON = "demo-liaison-xxb";
const TASK = "2025-17";

test(
  "notices go out from tasks chosen in the list, after the recipients are seen",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks?department=XXB&role=LEAD");
    await page.getByRole("checkbox", { name: `选择 ${TASK}` }).check();
    const bar = page.getByRole("region", { name: "对所选任务" });
    await bar.getByText("已选 1 项").waitFor();
    await settled(page);
    assert.deepEqual(await violationsInBothThemes(page), [], "axe, the list with a choice");
    await bar.getByRole("button", { name: /^全选/ }).click();
    await bar.getByText(/已选 [2-9] 项/).waitFor();
    await bar.getByRole("button", { name: "取消选择" }).click();
    await page.getByRole("checkbox", { name: `选择 ${TASK}` }).focus();
    await page.keyboard.press("Space");
    await bar.getByRole("link", { name: "制发督办单" }).click();
    await page.waitForURL(/\/notices\/new\?tasks=2025-17$/);
    await page.getByText("演示·学会学术部联络员").first().waitFor();
    await page.getByRole("button", { name: "发出 1 份" }).click();
    await page.waitForURL(/\/notices$/);
  }),
);

test(
  "nobody else can choose tasks for that",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/tasks?department=XXB&role=LEAD");
    await page.getByRole("link", { name: /./ }).first().waitFor();
    assert.equal(await page.getByRole("checkbox", { name: /^选择/ }).count(), 0);
  }),
);

test(
  "what happens is told at once, and the task on the screen follows",
  stage.as(LIAISON, {}, async ({ page }) => {
    // Without the socket one would look again only after a minute.
    let subscriptions = 0;
    page.on("websocket", (socket) =>
      socket.on("framesent", ({ payload }) => {
        if (String(payload).includes('"subscribe"')) subscriptions += 1;
      }),
    );
    await open(page, "/tasks/2025-10");
    while (subscriptions < 2) await page.waitForTimeout(50);
    const mark = page.getByRole("link", { name: /^通知/ }).first();
    const before = await mark.getAttribute("aria-label");
    const officer = await caller(stage.server, "demo-officer");
    const { task } = await officer.ask(`{ task(id: "2025-10") { id version } }`);
    const input = { taskId: task.id, expectedVersion: task.version, reason: "等待上级批复" };
    const reviewOn = new Date(Date.now() + 40 * 86_400_000).toISOString().slice(0, 10);
    await officer.change("suspendTask", { ...input, reviewOn }, "task { state }");
    await page.getByText(/已中止，.*复核/).waitFor({ timeout: 10_000 });
    const row = { taskId: "2025-18", text: "请说明进展。" };
    await officer.change("issueNotices", { rows: [row] }, "rows { notice { id } }");
    await page.waitForFunction(
      (label) => document.querySelector('a[href="/notifications"]')?.ariaLabel !== label,
      before,
      { timeout: 10_000 },
    );
  }),
);

test(
  "a returned report leads from the notification to the cell that is to be mended",
  stage.as(LIAISON, {}, async ({ page }) => {
    const period = await openMonth(stage.server);
    await submitReports(stage.server, period, 2, "本月举办活动 3 场");
    const officer = await caller(stage.server, "demo-officer");
    const { reviewQueue } = await officer.ask(
      `{ reviewQueue(filter: { kind: [REPORT] }) { edges { node { task { code } report { id version } } } } }`,
    );
    const { report, task } = reviewQueue.edges.at(-1).node;
    const input = { reportId: report.id, expectedVersion: report.version, cells: ["NEXT_STEPS"] };
    const mendBy = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    await officer.change(
      "returnReport",
      { ...input, remark: "请写明下月安排", mendBy },
      "report { id }",
    );
    await open(page, "/notifications");
    await page.getByText(/月报被退回.*请写明下月安排/).click();
    await page.waitForURL(
      new RegExp(`/report\\?period=${period}&department=XXB&task=${task.code}`),
    );
    await page.waitForFunction(() =>
      document.activeElement?.getAttribute("data-cell")?.endsWith(".nextSteps"),
    );
    const label = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
    assert.ok(label.startsWith(task.code), label);
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `administrators see which mails wait: ${device.name}`,
    stage.as(
      "demo-sysadmin",
      { ...device.options, preferences: { theme: "system" } },
      async ({ page }) => {
        await open(page, "/settings/mails");
        await page.getByRole("heading", { name: "邮件队列" }).waitFor();
        await page.getByText("没有配置邮件服务器，邮件都在排队").waitFor();
        await page.getByText("还没有邮件").waitFor();
        await examine(page, device);
      },
    ),
  );
}

test(
  "nobody else does",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/settings/mails");
    await page.getByText("您没有查看此内容的权限").waitFor();
    assert.equal(await page.getByText("没有配置邮件服务器").count(), 0);
  }),
);
