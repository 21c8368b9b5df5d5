// 月报填报: a department's month on one screen, by keyboard alone, safe against reloads and a failing network.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, PHONE, settled } from "./lib/browser.mjs";
import { caller } from "./lib/api.mjs";
import { beginTasks, openMonth, today } from "./lib/month.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage(beginTasks);
const LIAISON = "demo-liaison-xxb";
/** What "in under three minutes" allows, for a script as for a person. */
const THREE_MINUTES = 180_000;

const cell = (page, row, name) => page.locator(`[data-cell="${row}.${name}"]`);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-cell"));
const saved = (page) => page.getByText("草稿已保存").waitFor();

/** What the server holds of a month, by task. */
async function stored(period) {
  const liaison = await caller(stage.server, LIAISON);
  const { reports } = await liaison.ask(
    `query($period: Period) { reports(first: 200, filter: { period: $period, department: "XXB" }) {
      edges { node { state progress problems selfAssessment task { code } } } } }`,
    { period },
  );
  return new Map(reports.edges.map(({ node }) => [node.task.code, node]));
}

test(
  "eight tasks are filled in and submitted by keyboard alone in under three minutes",
  stage.as(LIAISON, {}, async ({ page, test }) => {
    const began = Date.now();
    const period = await openMonth(stage.server);
    await open(page, `/report?period=${period}`);
    const rows = await page.locator("[data-sheet-row]").count();
    assert.ok(rows >= 8, `${rows} tasks are owed`);
    await cell(page, 0, "selfAssessment").focus();
    for (let row = 0; row < 8; row += 1) {
      assert.equal(await focused(page), `${row}.selfAssessment`);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Tab");
      await page.keyboard.type(`本月举办活动 ${row + 1} 场`);
      await page.keyboard.press("Alt+Enter");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Tab");
      await page.keyboard.type("下月继续推进");
      await page.keyboard.press("Enter");
      for (let step = 0; step < 3; step += 1) await page.keyboard.press("Shift+Tab");
    }
    await saved(page);
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByText("将报送 8 项").waitFor();
    const confirm = page.getByRole("button", { name: "报送 8 项" });
    while (!(await confirm.evaluate((one) => one === document.activeElement))) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.getByText("已报送，等待审核").waitFor();
    const seconds = (Date.now() - began) / 1000;
    test.diagnostic(`eight reports in ${seconds.toFixed(1)} s`);
    assert.ok(Date.now() - began < THREE_MINUTES);
    const found = [...(await stored(period)).values()];
    assert.equal(found.filter((one) => one.state === "SUBMITTED").length, 8);
    assert.equal(found[0].progress.endsWith("场"), true, "the line break at the end is no text");
  }),
);

test(
  "what is typed survives a failed network and a reload, and is sent when the network is back",
  stage.as(LIAISON, {}, async ({ page, expectFault }) => {
    const period = await openMonth(stage.server);
    await open(page, `/report?period=${period}`);
    expectFault(/request failed|Failed to load resource/);
    const last = (await page.locator("[data-sheet-row]").count()) - 1;
    await page.route("**/graphql", (route) =>
      route.request().postData()?.includes("SaveReports") ? route.abort() : route.continue(),
    );
    await cell(page, last, "progress").fill("断网时写的进展");
    await page.getByText("没有连上服务器，内容已存在本机").waitFor();
    await page.reload();
    await settled(page);
    assert.equal(await cell(page, last, "progress").inputValue(), "断网时写的进展");
    await page.unrouteAll();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await saved(page);
    const found = [...(await stored(period)).values()];
    assert.ok(found.some((one) => one.progress === "断网时写的进展"));
  }),
);

test(
  "a block from a spreadsheet is laid over the grid, and what is wrong is said beside the cell",
  stage.as(LIAISON, {}, async ({ page }) => {
    const period = await openMonth(stage.server);
    await open(page, `/report?period=${period}`);
    const last = (await page.locator("[data-sheet-row]").count()) - 1;
    await cell(page, last, "selfAssessment").focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", '滞后\t"第一行\n第二行"\t\t尽快协调\r\n');
      const options = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new ClipboardEvent("paste", options));
    });
    assert.equal(await cell(page, last, "selfAssessment").inputValue(), "BEHIND");
    assert.equal(await cell(page, last, "progress").inputValue(), "第一行\n第二行");
    assert.equal(await cell(page, last, "nextSteps").inputValue(), "尽快协调");
    await page.getByText("存在风险或滞后时，请写明问题").waitFor();
    await saved(page);
  }),
);

test(
  "a returned report stands on top with the remark, the cell marked, and goes back mended",
  stage.as(LIAISON, {}, async ({ page }) => {
    const period = await openMonth(stage.server);
    const officer = await caller(stage.server, "demo-officer");
    const queue = await officer.ask(
      `{ reviewQueue(filter: { kind: [REPORT] }) { edges { node { task { code } report { id version } } } } }`,
    );
    const { report, task } = queue.reviewQueue.edges.at(-1).node;
    const mendBy = today();
    const input = { reportId: report.id, expectedVersion: report.version, cells: ["PROGRESS"] };
    const done = await officer.change(
      "returnReport",
      { ...input, remark: "请写明参加人数", mendBy },
      "report { id }",
    );
    assert.deepEqual(done.userErrors, []);
    await open(page, `/report?period=${period}`);
    const row = page.locator('[data-sheet-row="0"]');
    await row.getByText(task.code).waitFor();
    await row.getByText("请写明参加人数").waitFor();
    await page
      .getByLabel(`${task.code} 进展情况 （请修改）`)
      .fill("本月举办活动 3 场，900 人次参加");
    await saved(page);
    await page.getByRole("button", { name: "提交", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: /^报送/ }).click();
    await page.getByText("已报送，等待审核").waitFor();
    assert.equal((await stored(period)).get(task.code).state, "SUBMITTED");
  }),
);

test(
  "on a phone there is one card at a time",
  stage.as(LIAISON, { viewport: PHONE, isMobile: true, hasTouch: true }, async ({ page }) => {
    const period = await openMonth(stage.server);
    await open(page, `/report?period=${period}`);
    assert.equal(await page.locator("[data-sheet-row]").count(), 1);
    await page.getByRole("button", { name: "下一项" }).click();
    await page.getByText(/第 2 项/).waitFor();
    await settled(page);
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `the sheet stands in nobody's way: ${device.name}`,
    stage.as(LIAISON, device.options, async ({ page }) => {
      const period = await openMonth(stage.server);
      await open(page, `/report?period=${period}`);
      await examine(page, device);
    }),
  );
}
