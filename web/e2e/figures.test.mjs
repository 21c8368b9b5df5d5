// Figures from the cell to the plan: filled in by keyboard, verified or rejected by somebody else, shown where they count.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { beginTasks } from "./lib/month.mjs";
import { openStage } from "./lib/stage.mjs";

// The plan is one of 2025, and so are its months.
const stage = openStage(beginTasks, { DUBAN_DEMO_CLOCK: "true" });
const LIAISON = "demo-liaison-xxb";
const VERIFIER = "demo-verifier";
const CITY = "demo-city-zhengzhou";
const EVENTS = "2025-09-M1";
const SOCIETIES = "2025-10-M1";
const PARTY = "2025-23-M1";

const figure = (page, code) => page.locator(`[data-figure-row="${code}"]`);
const cell = (page, code, column) => figure(page, code).locator(`[data-figure$=".${column}"]`);
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute("data-figure"));
const waiting = (page, code) => page.locator(`[data-figure-waits="${code} XXB"]`);

/** Presses a key until something with these words has the focus. */
async function goTo(page, key, words) {
  for (let press = 0; press < 60; press += 1) {
    const found = await page.evaluate(() => document.activeElement?.textContent ?? "");
    if (found.includes(words)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`${words} is not reached with ${key}`);
}

/** Hands in with the keyboard alone. */
async function handIn(page, count) {
  await page.keyboard.press("Control+Enter");
  await page.getByRole("dialog").waitFor();
  await goTo(page, "Tab", `报送 ${count} 项`);
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").waitFor({ state: "detached" });
}

/** What the server holds of a month of the department, the newest revision of each metric. */
async function stored() {
  const liaison = await caller(stage.server, LIAISON);
  const { reportSheet, measurements } = await liaison.ask(
    `{ reportSheet { period } measurements(first: 200, filter: { department: "XXB" }) { edges { node {
      period revision kind value things state reason metric { code } } } } }`,
  );
  const said = measurements.edges.map((edge) => edge.node);
  const newest = new Map();
  for (const one of said.filter((node) => node.period === reportSheet.period)) {
    const known = newest.get(one.metric.code);
    if (known === undefined || known.revision < one.revision) newest.set(one.metric.code, one);
  }
  return { period: reportSheet.period, newest };
}

test(
  "a liaison fills in the figures of a month by keyboard alone, zero with one key",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/report");
    await figure(page, EVENTS).getByText("未报").waitFor();
    await cell(page, EVENTS, "month").focus();
    const first = await focused(page);
    await page.keyboard.type("12");
    assert.equal(await cell(page, EVENTS, "total").inputValue(), "12", "the total follows");
    await page.keyboard.press("Enter");
    assert.notEqual(await focused(page), first, "Enter goes to the next figure");
    await page.keyboard.type("中国甲学会、中国乙学会");
    await page.keyboard.press("Enter");
    await goTo(page, "Tab", "零报告");
    await page.keyboard.press("Space");
    await figure(page, PARTY).getByText("已填，待提交").waitFor();
    const [chooser] = await Promise.all([
      page.waitForEvent("filechooser"),
      figure(page, EVENTS).getByRole("button", { name: "附佐证" }).click(),
    ]);
    await chooser.setFiles({
      name: "签到表.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("姓名,单位\n张工,甲学会\n"),
    });
    await figure(page, EVENTS).getByRole("button", { name: "去掉 签到表.csv" }).waitFor();
    await handIn(page, 3);
    await figure(page, EVENTS).getByText("已报，待核实").waitFor();
    const { newest } = await stored();
    assert.deepEqual(
      [newest.get(EVENTS), newest.get(SOCIETIES), newest.get(PARTY)].map((one) => [
        one.kind,
        one.value,
        one.things.length,
        one.state,
      ]),
      [
        ["AMOUNT", "12", 0, "SUBMITTED"],
        ["AMOUNT", "2", 2, "SUBMITTED"],
        ["ZERO", "0", 0, "SUBMITTED"],
      ],
    );
    await figure(page, PARTY).getByText("零报告").first().waitFor();
    const [saved] = await Promise.all([
      page.waitForEvent("download"),
      figure(page, EVENTS)
        .getByRole("button", { name: /^签到表\.csv/ })
        .click(),
    ]);
    assert.equal(saved.suggestedFilename(), "签到表.csv");
  }),
);

test(
  "the verifier verifies one figure and rejects another by keyboard",
  stage.as(VERIFIER, {}, async ({ page }) => {
    await open(page, "/review");
    await page.getByText(/有 3 条指标数据等待您核实/).waitFor();
    await page.getByRole("link", { name: "去核实" }).click();
    await waiting(page, EVENTS).waitFor();
    assert.equal(await waiting(page, EVENTS).getAttribute("aria-current"), "true");
    await page.keyboard.press("a");
    await page.getByText("已核实 1 条，即刻计入").waitFor();
    await waiting(page, EVENTS).waitFor({ state: "detached" });
    assert.equal(await waiting(page, SOCIETIES).getAttribute("aria-current"), "true");
    await page.keyboard.press("r");
    await page.keyboard.type("请附协议名称");
    await page.getByRole("button", { name: "确认驳回" }).click();
    await waiting(page, SOCIETIES).waitFor({ state: "detached" });
    await page.getByRole("button", { name: "核实", exact: false }).first().waitFor();
    const { newest } = await stored();
    assert.deepEqual(
      [EVENTS, SOCIETIES, PARTY].map((code) => newest.get(code).state),
      ["VERIFIED", "REJECTED", "SUBMITTED"],
    );
  }),
);

test(
  "the metric page shows what was verified, down to who said and who verified it",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/metrics");
    const row = page.getByRole("row", { name: new RegExp(EVENTS) });
    await row.getByText("12 场").waitFor();
    await row.getByText("完成 30%").waitFor();
    await row.getByRole("link", { name: "品牌学术活动" }).click();
    await page.getByRole("heading", { name: "这个数怎么来的" }).waitFor();
    assert.match(page.url(), /\/metrics\/2025-09-M1$/);
    const table = page.getByRole("table", { name: "逐月累计数据" });
    await table.getByText("12 场").first().waitFor();
    const entries = page.getByRole("list", { name: "填报记录" });
    await entries.getByText("12 场").waitFor();
    await entries.getByText(/演示·学会学术部联络员 于 .* 从网页填报/).waitFor();
    await entries.getByText(/演示·审核员 于 .* 核实/).waitFor();
    await page.getByRole("link", { name: "学会学术部" }).first().click();
    await page.getByRole("navigation", { name: "所看单位" }).waitFor();
    await settled(page);
    await page.getByRole("link", { name: /2025-09 / }).click();
    await page.waitForURL(/\/tasks\/2025-09$/);
    await page.getByText("12 场").first().waitFor();
  }),
);

test(
  "the margin of the plan says what is attained of a target, and leads to where it comes from",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/plans/2025");
    const note = page.locator(".plan-note-metric", { hasText: EVENTS }).first();
    const attained = note.getByRole("link", { name: "已核实 12 场 · 完成 30%" });
    await attained.focus();
    await note.and(page.locator("[data-lit]")).waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/metrics\/2025-09-M1$/);
    await open(page, "/plans/2025?asOf=2025-06-30");
    await note.getByRole("link", { name: "查看指标" }).waitFor();
  }),
);

test(
  "on a phone the months of a metric stand under each other, and nothing goes beyond the edge",
  stage.as("demo-viewer", HAND.options, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}`);
    const table = page.getByRole("table", { name: "逐月累计数据" });
    await table.getByRole("row", { name: /2025年8月 12 场/ }).waitFor();
    const { x, width } = await table.boundingBox();
    assert.ok(x >= 0 && x + width <= page.viewportSize().width);
  }),
);

test(
  "a rejected figure stands with its reason, a verified one is corrected with a reason only",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/report");
    await figure(page, SOCIETIES).getByText("请附协议名称").waitFor();
    await cell(page, SOCIETIES, "names").fill("中国甲学会、中国乙学会、中国丙学会");
    await cell(page, EVENTS, "month").fill("13");
    await cell(page, EVENTS, "reason").waitFor();
    await handIn(page, 2);
    await figure(page, EVENTS).getByText("此项已报过数据，更正须写明原因").waitFor();
    assert.equal(await cell(page, EVENTS, "month").inputValue(), "13", "what is typed stays");
    await figure(page, SOCIETIES).getByText("已报，待核实").waitFor();
    await cell(page, EVENTS, "reason").fill("漏计一场");
    await handIn(page, 1);
    await figure(page, EVENTS).getByText("第 2 版").waitFor();
    const { newest } = await stored();
    assert.deepEqual(
      [newest.get(EVENTS).value, newest.get(EVENTS).reason, newest.get(SOCIETIES).value],
      ["13", "漏计一场", "3"],
    );
  }),
);

test(
  "what somebody else handed in meanwhile is a conflict, and nothing typed is lost, not in a reload either",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/report");
    await cell(page, PARTY, "month").fill("2");
    await page.reload();
    await settled(page);
    assert.equal(await cell(page, PARTY, "month").inputValue(), "2", "kept in this browser");
    const { period, newest } = await stored();
    const liaison = await caller(stage.server, LIAISON);
    const row = {
      metric: PARTY,
      department: "XXB",
      period,
      value: "1",
      reason: "同事先报",
      expectedVersion: newest.get(PARTY).revision,
    };
    await liaison.change("recordMeasurements", { rows: [row] }, "rows { userErrors { code } }");
    await cell(page, PARTY, "reason").fill("核对后更正");
    await handIn(page, 1);
    await figure(page, PARTY)
      .getByText(/刚刚报了“1”，您填的还在/)
      .waitFor();
    assert.equal(await cell(page, PARTY, "month").inputValue(), "2");
    await figure(page, PARTY).getByRole("button", { name: "以我的为准" }).click();
    await cell(page, PARTY, "reason").focus();
    await handIn(page, 1);
    await figure(page, PARTY).getByText("第 3 版").waitFor();
    assert.equal((await stored()).newest.get(PARTY).value, "2");
  }),
);

test(
  "a column from a spreadsheet goes down the figures, and a word is no figure",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/report");
    await cell(page, EVENTS, "month").focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "１５\r\n\r\n三项\r\n");
      const options = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement?.dispatchEvent(new ClipboardEvent("paste", options));
    });
    assert.equal(await cell(page, EVENTS, "month").inputValue(), "１５");
    assert.equal(await cell(page, EVENTS, "total").inputValue(), "15");
    assert.equal(await cell(page, PARTY, "month").inputValue(), "三项");
    await figure(page, PARTY).getByText("看不懂这个数").waitFor();
  }),
);

test(
  "a city says its own figure and opens those of its counties",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, "/report");
    await figure(page, "2025-19-M1").getByText("未报").waitFor();
    await page.getByRole("navigation", { name: "下级单位的数据" }).getByText("中原区科协").click();
    await cell(page, "2025-19-M2", "month").fill("20");
    await handIn(page, 1);
    await figure(page, "2025-19-M2").getByText("已报，待核实").waitFor();
  }),
);

test(
  "selected figures are verified together",
  stage.as(VERIFIER, {}, async ({ page }) => {
    await open(page, "/review?kind=FIGURE");
    await waiting(page, EVENTS).getByText("12 场").waitFor();
    await waiting(page, EVENTS).getByText("13 场").waitFor();
    await page.getByRole("button", { name: "全选" }).click();
    await page.getByRole("button", { name: /^核实所选（4）/ }).click();
    await page.getByText("没有等待核实的数据").waitFor();
    assert.equal((await stored()).newest.get(SOCIETIES).state, "VERIFIED");
  }),
);

for (const device of [DESK, HAND]) {
  for (const [who, path] of [
    [LIAISON, "/report"],
    [CITY, "/report"],
    ["demo-officer", "/metrics"],
    ["demo-officer", "/metrics/2025-09-M1"],
    ["demo-officer", "/metrics/2025-19-M2"],
    ["demo-officer", "/metrics/2025-19-M2?unit=410100"],
    ["demo-officer", "/tasks/2025-09"],
  ]) {
    test(
      `${path} of ${who} stands in nobody's way: ${device.name}`,
      stage.as(who, device.options, async ({ page }) => {
        await open(page, path);
        await examine(page, device);
      }),
    );
  }
  test(
    `figures to be verified stand in nobody's way: ${device.name}`,
    stage.as(VERIFIER, device.options, async ({ page }) => {
      const city = await caller(stage.server, CITY);
      const { reportSheet } = await city.ask("{ reportSheet { period } }");
      const department = device === DESK ? "410103" : "410104";
      const row = { metric: "2025-19-M2", department, period: reportSheet.period, value: "7" };
      await city.change("recordMeasurements", { rows: [row] }, "rows { userErrors { code } }");
      await open(page, "/review?kind=FIGURE");
      await page.locator(`[data-figure-waits="2025-19-M2 ${department}"]`).waitFor();
      await examine(page, device);
    }),
  );
}
