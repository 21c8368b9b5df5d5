// 审核: queue, submission and decision, with the keys a, r, j and k; what is one's own cannot be decided.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled } from "./lib/browser.mjs";
import { caller } from "./lib/api.mjs";
import { beginTasks, openMonth, submitReports, today } from "./lib/month.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { openStage } from "./lib/stage.mjs";

let codes = [];
let period = "";
const stage = openStage(beginTasks);
const queue = (page) => page.getByRole("list", { name: "待审核" });
const current = (page) => queue(page).locator("[aria-current=true]");

/** Where the reports stand that were submitted for this file. */
async function states() {
  const officer = await caller(stage.server, "demo-officer");
  const { reports } = await officer.ask(
    `query($period: Period) { reports(first: 200, filter: { period: $period }) {
      edges { node { state remark { cells words } task { code } } } } }`,
    { period },
  );
  return new Map(reports.edges.map(({ node }) => [node.task.code, node]));
}

test(
  "a report is accepted with one key, another returned with the cells to mend, the next opens by itself",
  stage.as("demo-officer", {}, async ({ page }) => {
    period = await openMonth(stage.server);
    codes = await submitReports(stage.server, period, 6, "已举办 12 场。");
    await open(page, "/review");
    assert.equal(await queue(page).getByRole("listitem").count(), 6);
    const [first, second] = codes;
    await current(page).getByText(first).waitFor();
    await page.keyboard.press("a");
    await page.getByText("已通过").first().waitFor();
    await current(page).getByText(second).waitFor();
    await page.keyboard.press("j");
    await page.keyboard.press("k");
    await current(page).getByText(second).waitFor();
    await page.keyboard.press("r");
    const words = page.getByLabel("需要修改什么");
    await words.waitFor();
    assert.ok(await words.evaluate((one) => one === document.activeElement));
    await page.getByRole("button", { name: "请补充具体数据。" }).click();
    await page.getByLabel("下步措施").check();
    await page.getByLabel("修改期限").fill(today());
    await page.getByRole("button", { name: "确认退回" }).click();
    await page.getByText("已退回").first().waitFor();
    await settled(page);
    const found = await states();
    assert.equal(found.get(first).state, "ACCEPTED");
    assert.equal(found.get(second).state, "RETURNED");
    assert.deepEqual(found.get(second).remark.cells, ["PROGRESS", "NEXT_STEPS"]);
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `the queue stands in nobody's way: ${device.name}`,
    stage.as("demo-officer", device.options, async ({ page }) => {
      await open(page, "/review");
      await examine(page, device);
      await queue(page).getByRole("button").first().click();
      await page.getByRole("button", { name: /^退回/ }).click();
      await examine(page, device);
      await open(page, "/orgs/XXB");
      await page.getByRole("heading", { name: "月报报送情况" }).waitFor();
      await examine(page, device);
    }),
  );
}

test(
  "several reports are accepted together",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/review");
    await page.getByRole("button", { name: "全选报告" }).click();
    await page.getByRole("button", { name: /^通过所选/ }).click();
    await page.getByText(/已通过 \d+ 项/).waitFor();
    await page.getByText("没有等待您审核的事项").waitFor();
    const found = [...(await states()).values()];
    assert.equal(found.filter((one) => one.state === "ACCEPTED").length, 5);
  }),
);

test(
  "completions and requests for more time are decided by the leader",
  stage.as("demo-leader", {}, async ({ page }) => {
    const liaison = await caller(stage.server, "demo-liaison-xxb");
    const version = async (id) =>
      (await liaison.ask("query($id: ID!) { task(id: $id) { version } }", { id })).task.version;
    const ask = { to: "2028-01-31", reason: "合作方档期调整" };
    await liaison.change(
      "requestExtension",
      { taskId: "2025-17", expectedVersion: await version("2025-17"), ...ask },
      "task { id }",
    );
    await open(page, "/review?kind=EXTENSION");
    await page.getByText("合作方档期调整").waitFor();
    await page.getByRole("button", { name: "不同意" }).click();
    await page.getByRole("button", { name: "请按原时限完成。" }).click();
    await page.getByRole("button", { name: "确认不同意" }).click();
    await page.getByText("没有等待您审核的事项").waitFor();

    const why = { reason: "平台建成，两场活动已举办" };
    await liaison.change(
      "submitCompletion",
      { taskId: "2025-17", expectedVersion: await version("2025-17"), ...why },
      "task { id }",
    );
    await open(page, "/review");
    await page.getByText("平台建成，两场活动已举办").waitFor();
    await page.keyboard.press("a");
    await page.getByRole("button", { name: "目标全部完成，材料齐全。" }).click();
    await page.getByRole("button", { name: "确认办结" }).click();
    await page.getByText("已办结").first().waitFor();
    const { task } = await liaison.ask('{ task(id: "2025-17") { state life { grade } } }');
    assert.deepEqual([task.state, task.life.grade], ["COMPLETED", "GOOD"]);
  }),
);

test(
  "changes and exceptions are approved with a key, or refused with the reason",
  stage.as("demo-leader", {}, async ({ page }) => {
    const officer = await caller(stage.server, "demo-officer");
    const liaison = await caller(stage.server, "demo-liaison-xxb");
    const version = async (id) =>
      (await officer.ask("query($id: ID!) { task(id: $id) { version } }", { id })).task.version;
    await officer.change(
      "proposeAmendment",
      {
        taskId: "2025-10",
        expectedVersion: await version("2025-10"),
        reason: "省委会议调整任务",
        title: "办好品牌学术活动和年会",
        lead: "XXB",
        support: ["KPB"],
      },
      "task { id }",
    );
    await liaison.change(
      "requestMetricException",
      { metricId: "2025-09-M1", reason: "场地关闭，办成 38 场" },
      "task { id }",
    );
    await open(page, "/review?kind=AMENDMENT");
    await page.getByText("省委会议调整任务").waitFor();
    await page.getByText("办好品牌学术活动和年会").first().waitFor();
    await page.keyboard.press("a");
    await page.getByText("变更已生效").first().waitFor();
    await open(page, "/review?kind=EXCEPTION");
    await page.getByText("场地关闭，办成 38 场").waitFor();
    await page.keyboard.press("r");
    await page.getByRole("button", { name: "请继续推进，达成指标后办结。" }).click();
    await page.getByRole("button", { name: "确认不同意" }).click();
    await page.getByText("没有等待您审核的事项").waitFor();
    const { task } = await liaison.ask('{ task(id: "2025-10") { title } }');
    assert.equal(task.title, "办好品牌学术活动和年会");
  }),
);

test(
  "whoever has nothing to decide is told so",
  stage.as("demo-liaison-xxb", {}, async ({ page }) => {
    await open(page, "/review");
    await page.getByRole("heading", { name: "您没有查看此内容的权限" }).waitFor();
    assert.equal(await queue(page).count(), 0);
  }),
);
