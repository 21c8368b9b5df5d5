// Figures as a spreadsheet: the form fetched, filled, tried, taken in part, proved by its receipt, taken back.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { beginTasks } from "./lib/month.mjs";
import { openStage } from "./lib/stage.mjs";
import { cellName, rowsOf, textOf } from "./lib/table.mjs";

// The plan is one of 2025, and so are its months. Large files are taken by the jobs, which run often.
const stage = openStage(beginTasks, {
  DUBAN_DEMO_CLOCK: "true",
  DUBAN_JOBS__INTERVAL_SECONDS: "1",
});
const CITY = "demo-city-zhengzhou";
const OTHER_CITY = "demo-city-luoyang";
const EVENTS = "2025-19-M2";
/** Rows of a file that is too long to be tried. */
const LARGE = 10_050;

const chooser = "main input[type=file]";
const table = (page) => page.getByRole("table", { name: "表中各行" });
const count = (page, fact) => page.locator(`[data-count=${fact}] dd`).innerText();
const button = (page, name) => page.getByRole("button", { name });

/** Saves what a button gives; its name, and its bytes. */
async function download(page, name) {
  const coming = page.waitForEvent("download");
  await button(page, name).click();
  const file = await coming;
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/** The form of the page as rows, fetched as text. */
async function form(page) {
  const { bytes } = await download(page, "CSV（UTF-8）");
  return rowsOf(bytes.toString());
}

/** Writes into the form: the unit's row of the events, a heading, and the words. */
function fill(rows, unit, heading, words) {
  const column = rows[0].indexOf(heading);
  const row = rows.findIndex((one) => one[0].startsWith(unit) && one[1] === EVENTS);
  assert.ok(column > 0 && row > 0, `${unit} ${heading} is in the form`);
  rows[row][column] = words;
  return cellName(column, row + 1);
}

async function upload(page, name, text) {
  const buffer = Buffer.from(text);
  await page.setInputFiles(chooser, { name, mimeType: "text/csv", buffer });
  await settled(page);
}

/** What the server holds of the events, newest revisions by unit. */
async function stored(account = CITY) {
  const person = await caller(stage.server, account);
  const { measurements } = await person.ask(
    `{ measurements(first: 200, filter: { isNewest: true }) { edges { node {
      value state revision metric { code } department { code } } } } }`,
  );
  const events = measurements.edges
    .map((edge) => edge.node)
    .filter((node) => node.metric.code === EVENTS);
  return Object.fromEntries(
    events.map((node) => [node.department.code, `${node.value} ${node.state} ${node.revision}`]),
  );
}

test(
  "a filled form with one wrong row: the finding on its cell, the good rows taken, the receipt proved",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, "/report");
    await page.getByRole("link", { name: "用表格填报" }).click();
    await page.waitForURL(/\/sheets\?department=410100&period=2025-08$/);
    const workbook = await download(page, "Excel 填报表");
    assert.match(workbook.name, /^郑州市科协2025年8月.*\.xlsx$/);
    assert.equal(workbook.bytes.subarray(0, 2).toString(), "PK");
    const rows = await form(page);
    const wrong = fill(rows, "410102", "本月数", "约30");
    fill(rows, "410103", "本月数", "12");
    fill(rows, "410104", "本月数", "０");
    await upload(page, "八月.csv", textOf(rows));
    await table(page).waitFor();
    assert.deepEqual(
      [await count(page, "fresh"), await count(page, "refused"), await count(page, "unchanged")],
      ["2", "1", "0"],
    );
    const row = table(page).getByRole("row", { name: /中原区科协/ });
    await row.getByText(wrong, { exact: true }).first().waitFor();
    await row
      .getByText(/“约30”是约数/)
      .first()
      .waitFor();
    assert.deepEqual(await stored(), {}, "trying stores nothing");
    assert.equal(await button(page, "入库 2 行").isDisabled(), true, "all or nothing holds it");
    await page.getByText("有问题的 1", { exact: true }).click();
    assert.equal(await table(page).locator("[data-row]").count(), 1);
    await page.getByText("只收正确的行", { exact: true }).click();
    await button(page, "入库 2 行").click();
    await page.getByText("已入库 2 行，等待核实").waitFor();
    assert.deepEqual(await stored(), { 410103: "12 SUBMITTED 1", 410104: "0 SUBMITTED 1" });
    const errors = await download(page, "下载问题清单");
    assert.match(errors.name, /^八月-问题清单\.xlsx$/);
    const receipt = await page.locator("main pre").innerText();
    await button(page, "核验回执").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "核验", exact: true }).click();
    await dialog.getByText("请先粘贴回执").waitFor();
    const words = dialog.getByLabel("粘贴回执全文");
    await words.fill(receipt);
    await dialog.getByRole("button", { name: "核验", exact: true }).click();
    await dialog.getByText("回执是真的，所证数据至今没有变化").waitFor();
    await words.fill(receipt.replace("taken: 2", "taken: 3"));
    await dialog.getByRole("button", { name: "核验", exact: true }).click();
    await dialog.getByText("这不是本系统签发的回执，或内容被改过").waitFor();
  }),
);

test(
  "a second file corrects, is taken back with a reason, and the report says what stands again",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, "/sheets");
    const rows = await form(page);
    fill(rows, "410103", "本月数", "99");
    fill(rows, "410103", "更正理由", "重新统计");
    await upload(page, "八月更正.csv", textOf(rows));
    const row = table(page).getByRole("row", { name: /二七区科协/ });
    await row.getByText("99 场").first().waitFor();
    await row.getByText("12 场").first().waitFor();
    await button(page, "入库 1 行").click();
    await page.getByRole("link", { name: "查看回执和明细" }).click();
    await page.waitForURL(/\/sheets\?sheet=/);
    await page.getByRole("heading", { name: "八月更正.csv" }).waitFor();
    await button(page, "撤回").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "确认撤回" }).click();
    await dialog.getByText("请写明原因").waitFor();
    await dialog.getByLabel("撤回原因").fill("传错了文件");
    await dialog.getByRole("button", { name: "确认撤回" }).click();
    await page.getByText(/演示·郑州市填报员 于 .* 撤回：传错了文件/).waitFor();
    assert.equal(await button(page, "撤回").count(), 0, "it is taken back once");
    assert.equal((await stored())["410103"], "12 SUBMITTED 1", "what was said before stands");
    await page.getByRole("link", { name: "← 表格填报" }).click();
    const files = page.getByRole("table", { name: "传过的表" });
    await files
      .getByRole("row", { name: /八月更正\.csv/ })
      .getByText("已撤回")
      .waitFor();
    await files
      .getByRole("row", { name: /八月\.csv/ })
      .getByText("部分入库")
      .waitFor();
    await open(page, "/report?department=410103&period=2025-08");
    const figure = page.locator(`[data-figure-row="${EVENTS}"]`);
    await figure.getByText(/撤回第 2 版（99 场）：/).waitFor();
    await figure.getByText("仍以第 1 版为准：12 场（已报，待核实）").waitFor();
    const month = figure.locator('[data-figure$=".month"]');
    assert.equal(await month.inputValue(), "12", "what stands is what is corrected");
    await month.fill("13");
    await figure.locator('[data-figure$=".reason"]').fill("补计一场");
    await page.keyboard.press("Control+Enter");
    await page.getByRole("dialog").getByRole("button", { name: /^报送/ }).click();
    await figure.getByText("第 3 版").waitFor();
    assert.equal((await stored())["410103"], "13 SUBMITTED 3");
  }),
);

test(
  "headings that nobody knows are given a meaning by hand, and are known the next time",
  stage.as(OTHER_CITY, {}, async ({ page }) => {
    const own = (value) =>
      `序号;谁;哪一项;八月做了几场;更正理由\n1;老城区科协;${EVENTS};${value};复核\n`;
    await open(page, "/sheets");
    await upload(page, "自己的表.csv", own("8"));
    await page.getByText(/没有找到表头/).waitFor();
    assert.equal(await button(page, /^入库/).count(), 0, "nothing of it can be taken");
    for (const [heading, field] of [
      ["谁", "填报单位"],
      ["哪一项", "指标编码"],
      ["八月做了几场", "本月数"],
    ]) {
      await page.locator(`[data-heading="${heading}"]`).selectOption({ label: field });
    }
    await page.getByText(/记在洛阳市科学技术协会名下/).waitFor();
    await button(page, "按此重新预检").click();
    await table(page).getByText("8 场").first().waitFor();
    await button(page, "入库 1 行").click();
    await page.getByText("已入库 1 行，等待核实").waitFor();
    await button(page, "再传一份").click();
    await upload(page, "自己的表.csv", own("9"));
    await table(page).getByText("9 场").first().waitFor();
    assert.deepEqual([await count(page, "changed"), await count(page, "refused")], ["1", "0"]);
  }),
);

test(
  "what fails keeps the file, and is tried again; a form of another month leads there",
  stage.as(OTHER_CITY, {}, async ({ page, expectFault }) => {
    expectFault(/request failed: .*\/uploads|Failed to load resource/);
    await open(page, "/sheets?department=410300&period=2025-07");
    const july = await download(page, "Excel 填报表");
    await page.getByRole("combobox", { name: "月份" }).selectOption("2025-08");
    await settled(page);
    await page.route("**/uploads?*", (route) => route.abort("connectionreset"));
    const file = { name: july.name, mimeType: "application/octet-stream", buffer: july.bytes };
    await page.setInputFiles(chooser, file);
    await page.getByText("没有传到服务器").waitFor();
    await page.getByText(july.name).first().waitFor();
    await page.unroute("**/uploads?*");
    await button(page, "再试一次").click();
    await page.getByText(/这份表是 2025-07 的，而所选月份是 2025-08/).waitFor();
    await button(page, "改为2025年7月，重新预检").click();
    await page.waitForURL(/period=2025-07/);
    await page.getByText(/本系统发出的原表/).waitFor();
    await page.getByText("没有新的数据可入库").waitFor();
    await page.getByText(july.name).first().waitFor();
  }),
);

test(
  "ten thousand rows are looked at without drawing them all",
  stage.as(OTHER_CITY, {}, async ({ page }) => {
    await open(page, "/sheets");
    const rows = Array.from({ length: 9_999 }, (_, index) => `2025-99-M${index},410302,${index}`);
    await upload(page, "大表.csv", ["指标编码,填报单位,本月数", ...rows].join("\n"));
    await table(page).waitFor();
    assert.equal(await count(page, "refused"), "9999");
    await page.getByText(/下面列出前 1000 行，共 9999 行/).waitFor();
    assert.ok((await table(page).locator("[data-row]").count()) < 80, "only what is seen");
    const took = await page.evaluate(async () => {
      const began = performance.now();
      scrollTo(0, 20_000);
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return performance.now() - began;
    });
    assert.ok(took < 1_000, `a far row is there after ${took} ms`);
    const errors = await download(page, "下载问题清单");
    assert.match(errors.name, /^大表-问题清单\.xlsx$/);
  }),
);

/** A table of more rows than are tried at once: the events of these units, and codes that no metric has. */
function largeTable(units) {
  const lines = units.map((unit, index) => `${EVENTS},${unit},${index + 1},补报`);
  while (lines.length < LARGE) lines.push(`2025-99-M${lines.length},${units[0]},1,`);
  return ["指标编码,填报单位,本月数,更正理由", ...lines].join("\n");
}

/** The units of a city that are asked for events, but one. */
function unitsBut(rows, known) {
  const asked = rows.filter((row) => row[1] === EVENTS).map((row) => row[0].slice(0, 6));
  return asked.filter((unit) => /^\d{6}$/.test(unit) && unit !== known);
}

const grouped = (number) => number.toLocaleString("zh-CN");

test(
  "a file too long to be tried is taken part by part, seen from the list, and its part taken back",
  stage.as(OTHER_CITY, {}, async ({ page }) => {
    await open(page, "/sheets");
    await page.getByText(/^还没有。超过 10000 行的表照常上传/).waitFor();
    const units = unitsBut(await form(page), "410302");
    assert.ok(units.length > 1, "counties are asked for events");
    await upload(page, "全市大表.csv", largeTable(units));
    await page
      .getByText(`共 ${grouped(LARGE)} 行，超过逐行预检的 10,000 行，可按大表入库`)
      .waitFor();
    assert.equal(await page.getByRole("alert").count(), 0, "it is no dead end");
    await button(page, "按大表入库").press("Enter");
    await page.waitForURL(/\/sheets\?.*import=/);
    const left = LARGE - units.length;
    await page.getByText(`全部处理完毕，${grouped(left)} 行没有入库`).waitFor();
    const bar = page.getByRole("progressbar", { name: "入库进度" });
    assert.equal(await bar.getAttribute("aria-valuenow"), String(LARGE));
    assert.equal(await count(page, "taken"), String(units.length));
    assert.equal(await count(page, "refused"), grouped(left));
    const errors = await download(page, "下载问题清单");
    assert.match(errors.name, /^全市大表-问题清单\.xlsx$/);
    assert.equal(errors.bytes.subarray(0, 2).toString(), "PK");
    assert.equal((await stored(OTHER_CITY))[units[0]], "1 SUBMITTED 1");
    await page.getByRole("link", { name: "← 表格填报" }).click();
    const large = page.getByRole("table", { name: "大表入库" });
    const row = large.getByRole("row", { name: /全市大表\.csv/ });
    await row.getByText("已完成").waitFor();
    const files = page.getByRole("table", { name: "传过的表" });
    await files.getByRole("row", { name: /全市大表\.csv/ }).waitFor();
    await row.getByRole("link").click();
    await page.getByRole("link", { name: "第 1 份" }).click();
    await page.locator("main pre").waitFor();
    await button(page, "撤回").click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("撤回原因").fill("传错了文件");
    await dialog.getByRole("button", { name: "确认撤回" }).click();
    await page.getByText(/撤回：传错了文件/).waitFor();
    await page.getByRole("link", { name: "← 大表入库" }).click();
    const parts = page.getByRole("table", { name: "各批回执" });
    await parts.getByText("已撤回").waitFor();
  }),
);

/** Tells of another progress than that of the server. */
function forge(page, told) {
  return page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes('"LargeImportQuery"') !== true) {
      return route.fallback();
    }
    const answer = await route.fetch();
    const json = await answer.json();
    Object.assign(json.data.measurementImport, told);
    return route.fulfill({ response: answer, json });
  });
}

test(
  "the page follows a large file, says when the server is away, and why it stopped",
  stage.as(OTHER_CITY, {}, async ({ page, expectFault }) => {
    expectFault(/ERR_CONNECTION_RESET/);
    const told = { state: "WAITING", rowsDone: 0, taken: 0, refused: 0, endedAt: null };
    await forge(page, told);
    await open(page, "/sheets");
    const large = page.getByRole("table", { name: "大表入库" });
    await large.getByRole("link", { name: "全市大表.csv" }).click();
    await page.getByText("已收到，排队等候入库").waitFor();
    Object.assign(told, { state: "RUNNING", rowsDone: 5_000, taken: 4_990, refused: 10 });
    await page.getByText("正在分批入库").waitFor();
    const bar = page.getByRole("progressbar", { name: "入库进度" });
    assert.equal(await bar.getAttribute("aria-valuetext"), "已处理 5000 行，共 10,050 行");
    await button(page, "下载问题清单").waitFor();
    const away = (route) =>
      route.request().postData()?.includes('"LargeImportQuery"') === true
        ? route.abort("connectionreset")
        : route.fallback();
    await page.route("**/graphql", away);
    await page.getByText("暂时连不上服务器，入库不受影响").waitFor();
    await page.unroute("**/graphql", away);
    const failure = { __typename: "UserError", code: "IMPORT_SENDER_GONE", message: "账号已停用" };
    Object.assign(told, { state: "STOPPED", failure, endedAt: "2025-09-03T01:00:00Z" });
    await page.getByRole("alert").getByText("账号已停用").waitFor();
    await page.getByText("还有 5050 行没有处理").waitFor();
    assert.equal(await page.getByText("暂时连不上服务器").count(), 0);
  }),
);

test(
  "a large file that is not there, or of somebody else, is said to be absent",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, "/sheets?import=none");
    await page.getByRole("heading", { name: "没有这次大表入库" }).waitFor();
  }),
);

test(
  "the file is chosen by keyboard",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, "/sheets");
    const choosing = page.waitForEvent("filechooser");
    await button(page, "选择文件").focus();
    await page.keyboard.press("Enter");
    await (await choosing).setFiles({
      name: "空.csv",
      mimeType: "text/csv",
      buffer: Buffer.from("\n"),
    });
    await page.getByRole("alert").waitFor();
    await button(page, "再试一次").waitFor();
  }),
);

test(
  "who verifies sees the files, and nothing to hand in",
  stage.as("demo-verifier", {}, async ({ page }) => {
    await open(page, "/sheets");
    const files = page.getByRole("table", { name: "传过的表" });
    await files.getByRole("link", { name: "八月.csv" }).click();
    await page.getByRole("heading", { name: "八月.csv" }).waitFor();
    assert.equal(await button(page, "撤回").count(), 0);
    assert.equal(await page.locator(chooser).count(), 0);
  }),
);

test(
  "others have no such page",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/sheets");
    await page.getByText("您没有查看此内容的权限").waitFor();
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `the page stands in nobody's way: ${device.name}`,
    stage.as(CITY, device.options, async ({ page }) => {
      await open(page, "/sheets");
      await examine(page, device);
      const rows = await form(page);
      fill(rows, "410105", "本月数", "约5");
      fill(rows, "410106", "本月数", "6");
      await upload(page, "检查.csv", textOf(rows));
      await table(page).waitFor();
      await page.locator("main details summary").first().click();
      await examine(page, device);
      await page.getByRole("link", { name: "八月.csv" }).click();
      await page.getByRole("heading", { name: "八月.csv" }).waitFor();
      await settled(page);
      await examine(page, device);
      await open(page, "/sheets");
      await upload(page, "检查大表.csv", largeTable(["410107"]));
      await button(page, "按大表入库").waitFor();
      await examine(page, device);
      await button(page, "按大表入库").click();
      await page.getByText(/^全部处理完毕/).waitFor();
      await settled(page);
      await examine(page, device);
    }),
  );
}
