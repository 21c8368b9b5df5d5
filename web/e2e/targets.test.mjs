// Targets on the way: forecast and shares of a metric, sharing out, the matrix, the overview and the wall.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { openStage } from "./lib/stage.mjs";

// Half a year of figures from every county, as the demo tells it.
const stage = openStage(undefined, { DUBAN_DEMO_STORY: "true" });
const OFFICER = "demo-officer";
const CITY = "demo-city-zhengzhou";
const EVENTS = "2025-19-M2";
const EXPERTS = "2025-19-M1";

const shareOf = (page, index) => page.locator(`[data-share="${index}"]`);
const choose = (page, way) => page.getByText(way, { exact: true }).click();
const save = (page) => page.getByRole("button", { name: "保存分解" }).click();

/** The shares as the server holds them. */
async function stored(account = OFFICER, metric = EVENTS) {
  const person = await caller(stage.server, account);
  const query = `query($id: ID!) { metric(id: $id) { allocation { version method reason
    balance { shared difference } shares { figure department { code } } } } }`;
  return (await person.ask(query, { id: metric })).metric.allocation;
}

test(
  "a target is shared out evenly, and nothing is lost in rounding",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}`);
    await page.getByText("目标尚未分解到这些单位").waitFor();
    await page.getByRole("link", { name: "分解目标" }).click();
    await page.getByText("相符").waitFor();
    await page.getByRole("row", { name: /郑州市科协.*589 场/ }).waitFor();
    await save(page);
    await page.waitForURL(new RegExp(`/metrics/${EVENTS}$`));
    await page.getByText(/平均分解，第 1 版/).waitFor();
    await page.getByText("份额合计").waitFor();
    const { balance, shares } = await stored();
    assert.deepEqual([Number(balance.shared), Number(balance.difference)], [10000, 0]);
    assert.equal(shares.length, 17);
  }),
);

test(
  "shares by hand are typed by keyboard, kept over a reload, and a contradiction asks for its reason",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}/allocation`);
    await choose(page, "逐个填写");
    await shareOf(page, 0).fill("600");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.dataset.share), "1");
    await page.keyboard.type("2百");
    await page.getByText("少 378 场").waitFor();
    await page.reload();
    await settled(page);
    assert.equal(await shareOf(page, 1).inputValue(), "2百", "kept in this browser");
    await page.getByText("少 378 场").waitFor();
    await page.keyboard.press("Control+Enter");
    await page.getByRole("button", { name: "保存分解" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText(/与目标 1万不符/).waitFor();
    assert.equal((await stored()).version, 1, "nothing is stored without a reason");
    await page.getByLabel("理由").fill("鹤壁、济源另有安排");
    await page.keyboard.press("Control+Enter");
    await page.waitForURL(new RegExp(`/metrics/${EVENTS}$`));
    await page.getByText("理由：鹤壁、济源另有安排").waitFor();
    await page.getByText("少 378 场").waitFor();
    assert.equal((await stored()).version, 2);
  }),
);

test(
  "weights pasted from a spreadsheet share out in proportion; a word is no figure",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, `/metrics/${EXPERTS}/allocation`);
    await choose(page, "按权数分解");
    await shareOf(page, 0).focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", `${Array.from({ length: 17 }, () => "１").join("\n")}\n不少`);
      const options = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
    });
    await page.getByText("看不懂这个数").waitFor();
    assert.equal(await page.getByRole("button", { name: "保存分解" }).isDisabled(), true);
    await shareOf(page, 17).fill("3");
    await page.getByRole("row", { name: /济源.*150 名/ }).waitFor();
    await page.getByText("相符").waitFor();
    await page.getByRole("button", { name: "放弃修改" }).click();
    await page.getByText("相等").waitFor();
  }),
);

test(
  "a newer version is a conflict to settle, and what was typed is still there",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}/allocation`);
    await shareOf(page, 1).fill("700");
    await page.getByText("多 122 场（加码）").waitFor();
    const colleague = await caller(stage.server, OFFICER);
    const { version, shares } = await stored();
    const same = shares.map(({ figure, department }) => ({ department: department.code, figure }));
    await colleague.change(
      "allocateMetric",
      { metric: EVENTS, method: "BY_HAND", expectedVersion: version, reason: "核对", shares: same },
      "allocation { version }",
    );
    await save(page);
    await page.getByText(/保存了第 3 版/).waitFor();
    assert.equal(await shareOf(page, 1).inputValue(), "700");
    await page.getByRole("button", { name: "以我的为准，继续修改" }).click();
    await save(page);
    await page.waitForURL(new RegExp(`/metrics/${EVENTS}$`));
    assert.equal((await stored()).version, 4);
  }),
);

test(
  "a city sees its own share and what it is held against, and shares it out to its counties only",
  stage.as(CITY, {}, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}?unit=410100`);
    await page.getByText("与分到的份额对照").waitFor();
    await page.getByText(/完成 106\.1%/).waitFor();
    await open(page, `/metrics/${EVENTS}/allocation`);
    await page.getByText("您不能分解这个目标").waitFor();
    const { balance, shares } = await stored(CITY);
    assert.equal(balance, null);
    assert.deepEqual(
      shares.map((one) => one.department.code),
      ["410100"],
    );
  }),
);

test(
  "a metric says where the year ends, or plainly why it does not",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/metrics/2025-16-M4");
    const card = page.getByRole("region", { name: "年底预测" });
    await card.getByText("80% 区间").waitFor();
    await card.getByText(/预计年底还差 60\.\d* ?万|预计年底还差/).waitFor();
    await card.getByText(/Harvey、Fernandes/).waitFor();
    await page.getByText("年底 80% 区间").waitFor();
    await open(page, `/metrics/${EXPERTS}`);
    await page.getByText(/不是相加得出的，不作预测/).waitFor();
  }),
);

test(
  "a figure opens unit by unit down to who said and who verified it",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, `/metrics/${EVENTS}`);
    const tree = page.getByRole("list", { name: "汇总关系" });
    await tree.getByText(/17 个单位相加.* = 7357 场/).waitFor();
    await tree.getByRole("button", { name: /^郑州市科协/ }).click();
    await tree.getByText(/12 个单位相加.* = 637 场/).waitFor();
    await tree.getByRole("button", { name: /^中原区科协/ }).click();
    await tree.getByText(/各月已核实数相加.*2025年1月 .* = 50 场/).waitFor();
    await tree
      .getByText(/ 核实$/)
      .first()
      .waitFor();
  }),
);

test(
  "the matrix tells missing, waiting and not asked apart, and the arrows lead to the figure",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, "/matrix");
    const grid = page.getByRole("grid", { name: /指标矩阵/ });
    const row = grid.getByRole("row", { name: /^郑州市/ });
    await row.getByText("未报", { exact: true }).first().waitFor();
    await row.getByText("不要求填报").first().waitFor();
    await grid
      .getByRole("row", { name: /^洛阳市/ })
      .getByText(/待核/)
      .first()
      .waitFor();
    const place = () => page.evaluate(() => document.activeElement.dataset.cell);
    await page.locator('[data-cell="0.0"]').focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(() => document.activeElement.dataset.cell === "1.1");
    await page.keyboard.press("Control+End");
    await page.waitForFunction(() => document.activeElement.dataset.cell?.startsWith("23."));
    assert.match(await place(), /^23\.\d+$/);
    await page.keyboard.press("Control+Home");
    await page.waitForFunction(() => document.activeElement.dataset.cell === "0.0");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/metrics\/2025-03-M1\?unit=HNAST$/);
  }),
);

test(
  "of all counties only the rows in view are drawn, and every one of them is printed",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, "/matrix?units=counties&span=toDate");
    await page.getByText(/^180 个单位/).waitFor();
    const drawn = await page.locator("[role=row]").count();
    assert.ok(drawn < 60, `${drawn} rows are drawn`);
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    assert.equal(await page.locator("main table tbody tr").count(), 180);
  }),
);

test(
  "the overview holds targets against the pace, the furthest behind first",
  stage.as("demo-leader", {}, async ({ page }) => {
    await open(page, "/");
    const card = page.getByRole("region", { name: "指标进度" });
    await card.scrollIntoViewIfNeeded();
    const first = card.getByRole("listitem").first();
    await first.getByText("免费开放科技馆参观人次").waitFor();
    await first.getByText(/落后匀速 \d+/).waitFor();
    await first.getByText(/完成可能性 \d+%/).waitFor();
    await card.getByText("缺报 102").waitFor();
  }),
);

test(
  "the wall turns by itself, has nothing to press, can be read from afar and prints nothing",
  stage.as("demo-leader", { viewport: { width: 1920, height: 1080 } }, async ({ page }) => {
    await page.goto("/wall?every=2");
    for (const [scene, words] of [
      ["亮灯", "打造后备人才培养品牌"],
      ["指标进度", "落后匀速"],
      ["各市报送", "指标数据报送"],
    ]) {
      await page.locator("footer [aria-current]", { hasText: scene }).waitFor();
      await page.locator("main").getByText(words).first().waitFor();
      assert.equal(await page.locator("button, a, input, select").count(), 0);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("body *")]
          .filter((one) => one.childElementCount === 0 && one.textContent.trim() !== "")
          .filter((one) => one.getClientRects().length > 0 && one.getBoundingClientRect().width > 1)
          .filter((one) => Number.parseFloat(getComputedStyle(one).fontSize) < 24)
          .map((one) => one.textContent),
      );
      assert.deepEqual(small, [], "text below 24 px");
      const over = await page.evaluate(() =>
        [...document.querySelectorAll("main *, header *, footer *")]
          .filter((one) => {
            const { right, bottom } = one.getBoundingClientRect();
            return right > innerWidth + 1 || bottom > innerHeight + 1;
          })
          .map((one) => one.textContent),
      );
      assert.deepEqual(over, [], "runs over the edge");
    }
    await page.emulateMedia({ media: "print" });
    assert.equal((await page.locator("body").innerText()).trim(), "");
  }),
);

for (const device of [DESK, HAND]) {
  for (const [who, path] of [
    [OFFICER, `/metrics/${EVENTS}`],
    [OFFICER, "/metrics/2025-16-M4"],
    [CITY, `/metrics/${EVENTS}?unit=410100`],
    [OFFICER, `/metrics/${EVENTS}/allocation`],
    [OFFICER, `/metrics/${EXPERTS}/allocation`],
    [OFFICER, "/matrix"],
    [OFFICER, "/matrix?units=410100&span=toDate&all=yes"],
    [OFFICER, "/orgs/410100"],
    ["demo-leader", "/"],
  ]) {
    test(
      `${path} of ${who} stands in nobody's way: ${device.name}`,
      stage.as(who, device.options, async ({ page }) => {
        await open(page, path);
        await examine(page, device);
      }),
    );
  }
}
