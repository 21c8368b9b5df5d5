// 变更 and 按日期查看: a change is proposed with old → new, approved, listed on the plan; earlier days show
// the task as it was, let nothing be done, and are kept from page to page.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { beginTasks } from "./lib/month.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage(beginTasks);
const CODE = "2025-09";
const NEW_TITLE = "办好品牌学术活动和学术年会";
const DAY = "2026-01-31";
const banner = (page) => page.getByRole("region", { name: "正在按日期查看" });

test(
  "an officer proposes other words, departments, targets and milestones and sees old and new",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, `/tasks/${CODE}`);
    await page.getByRole("button", { name: "提出变更" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("textbox", { name: "标题" }).fill(NEW_TITLE);
    await dialog.getByText("责任部门", { exact: true }).first().click();
    await dialog.getByRole("combobox", { name: "增加配合部门" }).fill("调研宣传部");
    await page.getByRole("option").first().click();
    await dialog.getByText("指标", { exact: true }).first().click();
    await dialog
      .getByRole("textbox", { name: /^目标值/ })
      .first()
      .fill("45");
    await dialog.getByText("节点", { exact: true }).first().click();
    await dialog.getByRole("button", { name: "增加节点" }).click();
    await dialog
      .getByRole("textbox", { name: /^节点 \d+$/ })
      .last()
      .fill("上半年完成二十场");
    const changes = dialog.getByRole("region", { name: "变更对照" });
    await changes.getByText(NEW_TITLE).waitFor();
    await changes.getByText("不少于 45").waitFor();
    await changes.getByText("上半年完成二十场").waitFor();
    for (const device of [DESK, HAND]) await examine(page, device);
    await dialog.getByRole("textbox", { name: "变更理由" }).fill("省委会议调整任务");
    await dialog.getByRole("button", { name: "提出变更" }).click();
    await page.getByText("变更已提出，等待审批").first().waitFor();
  }),
);

test(
  "a change in force is listed on the plan, and an earlier day shows the task without it",
  stage.as("demo-leader", {}, async ({ page }) => {
    await open(page, "/review?kind=AMENDMENT");
    await page.getByText("省委会议调整任务").waitFor();
    await page.keyboard.press("a");
    await page.getByText("变更已生效").first().waitFor();

    await open(page, "/plans/2025");
    const side = page.getByRole("complementary");
    await side.getByText("变更（1）").waitFor();
    await side.getByText("省委会议调整任务").waitFor();

    await page.getByRole("button", { name: "按日期查看" }).click();
    const dialog = page.getByRole("dialog", { name: "按日期查看" });
    await dialog.getByLabel("日期").fill(DAY);
    await dialog.getByRole("button", { name: "查看" }).click();
    await page.waitForURL(new RegExp(`asOf=${DAY}`));
    await banner(page)
      .getByText(/正在查看 2026年1月31日/)
      .waitFor();
    await side.getByText("变更（0）").waitFor();
    const toTasks = page.locator('main a[href^="/tasks?"]').first();
    assert.match(await toTasks.getAttribute("href"), new RegExp(`asOf=${DAY}`));
    await open(page, `/tasks/${CODE}?asOf=${DAY}`);
    await banner(page).waitFor();
    assert.equal(await page.getByRole("heading", { name: NEW_TITLE }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "提出变更" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: /中止|撤销/ }).count(), 0);
    await settled(page);
    await page.getByRole("button", { name: "回到今天" }).click();
    await page.getByRole("heading", { level: 1, name: NEW_TITLE }).waitFor();
    assert.ok(!page.url().includes("asOf"));
  }),
);

/** Pages that an officer reads as of a day. */
const PAGES = ["/plans/2025", `/tasks/${CODE}`, "/tasks", "/items", "/orgs", "/orgs/XXB"];

for (const device of [DESK, HAND]) {
  test(
    `pages of an earlier day stand in nobody's way: ${device.name}`,
    stage.as("demo-officer", device.options, async ({ page }) => {
      for (const path of PAGES) {
        await open(page, `${path}${path.includes("?") ? "&" : "?"}asOf=${DAY}`);
        await banner(page).waitFor();
        await settled(page);
        await examine(page, device);
      }
    }),
  );
}

test(
  "an officer reads how a task was, whatever was done today",
  stage.as("demo-officer", {}, async ({ page }) => {
    const officer = await caller(stage.server, "demo-officer");
    const { task } = await officer.ask(`{ task(id: "${CODE}", asOf: "${DAY}") { title } }`);
    await open(page, `/tasks/${CODE}?asOf=${DAY}`);
    await page.getByRole("heading", { level: 1, name: task.title }).waitFor();
  }),
);

test(
  "the sheet of a month is read as of a day: nothing is offered to write, what was typed stays kept",
  stage.as("demo-liaison-xxb", {}, async ({ page }) => {
    await open(page, "/report");
    const kept = '{"2025-09":{"cells":{"progress":"还没有保存的文字"},"version":null}}';
    await page.evaluate(
      ([text, day]) => {
        for (const month of [day.slice(0, 7), "2026-02"])
          localStorage.setItem(`duban.report.test.XXB.${month}`, text);
      },
      [kept, DAY],
    );
    await page.getByRole("button", { name: "按日期查看" }).click();
    const dialog = page.getByRole("dialog", { name: "按日期查看" });
    await dialog.getByLabel("日期").fill(DAY);
    await dialog.getByRole("button", { name: "查看" }).click();
    await banner(page)
      .getByText(/正在查看 2026年1月31日/)
      .waitFor();
    await page.getByRole("combobox", { name: "月份" }).waitFor();
    await settled(page);
    assert.equal(await page.locator("main textarea, main select[data-cell]").count(), 0);
    assert.equal(await page.getByRole("button", { name: "报送" }).count(), 0);
    assert.match(
      await page.getByRole("combobox", { name: "月份" }).locator("option").first().innerText(),
      /^2026年1月$/,
    );
    for (const device of [DESK, HAND]) await examine(page, device);
    await page.setViewportSize(DESK.options.viewport);
    const toTask = page.locator("[data-sheet-row] a").first();
    assert.match(await toTask.getAttribute("href"), new RegExp(`asOf=${DAY}`));
    await page.getByRole("button", { name: "回到今天" }).click();
    await page.locator("main textarea").first().waitFor();
  }),
);

test(
  "units are read as of a day, and walking among them keeps it",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/orgs/XXB");
    await page.getByRole("button", { name: "按日期查看" }).click();
    const dialog = page.getByRole("dialog", { name: "按日期查看" });
    await dialog.getByLabel("日期").fill(DAY);
    await dialog.getByRole("button", { name: "查看" }).click();
    await page.waitForURL(new RegExp(`/orgs/XXB\\?asOf=${DAY}`));
    await banner(page).waitFor();
    const months = page.getByRole("table", { name: "月报报送情况" }).locator("tbody th");
    await months.first().waitFor();
    assert.match(await months.first().innerText(), /^2026年1月$|^2025年12月$/);
    await page.getByRole("treeitem").nth(2).click();
    await page.waitForURL(/\/orgs\/(?!XXB)/);
    assert.match(page.url(), new RegExp(`asOf=${DAY}`));
    await banner(page).waitFor();
    await settled(page);
  }),
);
