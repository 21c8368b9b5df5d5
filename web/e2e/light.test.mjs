// Lights: told with their reasons, filtered in the address, overridden with a reason; rules are tried first.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { open, place } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();

/** Hands point 2025-17 out until a day, through the API that the page itself calls. */
async function handOut(page, deadline) {
  const outcome = await page.evaluate(async (day) => {
    const ask = async (token, query, variables) => {
      const headers = { "content-type": "application/json" };
      if (token !== null) headers.authorization = `Bearer ${token}`;
      const body = JSON.stringify({ query, variables });
      const answer = await fetch("/graphql", { method: "POST", headers, body });
      return (await answer.json()).data;
    };
    const { signIn } = await ask(
      null,
      "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }",
      { input: { account: "demo-officer", password: "yanshi-duban-2025" } },
    );
    const token = signIn.accessToken;
    const { task } = await ask(token, '{ task(id: "2025-17") { version } }', {});
    const row = { taskId: "2025-17", expectedVersion: task.version, deadline: day };
    const { handOutTasks } = await ask(
      token,
      "mutation($input: HandOutTasksInput!) { handOutTasks(input: $input) { rows { task { state } } } }",
      { input: { rows: [row] } },
    );
    return handOutTasks.rows[0].task.state;
  }, deadline);
  assert.equal(outcome, "ASSIGNED");
}

test(
  "a light says why, an officer overrides it with a reason, and rules are tried before they are saved",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks/2025-17");
    await handOut(page, "2030-12-31");
    await page.reload();
    const light = page.getByRole("region", { name: "亮灯" });
    await light.getByText("牵头部门签收。").waitFor();
    await light.getByText("未启动").first().waitFor();

    await light.getByRole("button", { name: "人工调整" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByText("预警", { exact: true }).click();
    await dialog.getByLabel("理由").fill("合作方要求提前");
    await dialog.getByLabel("有效至").fill("2031-01-01");
    await dialog.getByRole("button", { name: "保存调整" }).click();
    await dialog
      .getByText(/最长 92 天/)
      .last()
      .waitFor();
    const until = await page.evaluate(() => {
      const said = document.body.innerText.match(/演示日期 (\d+)年(\d+)月(\d+)日/);
      const day = said ? new Date(Date.UTC(said[1], said[2] - 1, said[3])) : new Date();
      return new Date(day.getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
    });
    await dialog.getByLabel("有效至").fill(until);
    await dialog.getByRole("button", { name: "保存调整" }).click();
    await dialog.waitFor({ state: "detached" });
    await light.getByText("合作方要求提前").waitFor();
    await light.getByText(/系统判定为未启动/).waitFor();

    await open(page, "/tasks");
    await page.getByLabel("亮灯", { exact: true }).selectOption("YELLOW");
    await page.getByRole("link", { name: "建好核心科普阵地" }).waitFor({ state: "detached" });
    assert.match(place(page), /light=YELLOW/);
    await page.goBack();

    await open(page, "/settings/light");
    const near = page.getByLabel("距时限不足多少天转黄灯");
    await near.fill("181");
    await page.getByText("请填写 0 到 180 之间的整数。").waitFor();
    await near.fill("20");
    await page
      .getByText(/这样修改会让 \d+ 项任务变灯/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await page.getByRole("button", { name: "保存规则" }).click();
    await page.getByText("规则已保存").waitFor();
    await page.getByText(/演示·督办员于 .* 修改/).waitFor();
  }),
);

test(
  "the days of reports are tried and changed, with the keyboard alone",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/settings/light");
    await page.getByRole("heading", { name: "月报报送规则" }).waitFor();
    const due = page.getByLabel("次月第几个工作日截止");
    await page.getByText(/以 .* 的月报试算：0 份按时的会变为迟报/).waitFor();
    await due.fill("16");
    await page.getByText("请填写 1 到 15 之间的整数。").waitFor();
    assert.equal(await page.getByRole("button", { name: "保存报送规则" }).isDisabled(), true);
    await due.fill("8");
    const preview = page.getByRole("region", { name: "报送时间会怎样变" });
    await preview.getByText(/保存后自 \d{4}-\d{2} 起施行/).waitFor();
    await preview.getByRole("row", { name: /按时截止/ }).waitFor();
    assert.deepEqual(await violations(page), [], "axe, while trying");
    await page.waitForFunction(
      () => document.querySelector('button[type="submit"]:not([disabled])') !== null,
    );
    await due.press("Enter");
    await page.getByText("报送规则已保存").waitFor();
    await page.getByText(/演示·督办员于 .* 修改，自 \d{4}-\d{2} 起施行/).waitFor();
    assert.equal(await due.inputValue(), "8");
  }),
);

test(
  "the holidays of next year are tried and loaded, faults told line by line",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/settings/light");
    const section = page.getByRole("region", { name: "工作日历" });
    await section.getByRole("row", { name: /春节/ }).waitFor();
    const next = section.getByRole("radio").nth(1);
    await next.check({ force: true });
    await section.getByText(/年的放假安排尚未载入/).waitFor();
    const year = await next.evaluate((radio) => radio.closest("label").textContent.trim());
    await section.getByRole("button", { name: "载入安排" }).click();
    const dialog = page.getByRole("dialog");
    const text = dialog.getByLabel("放假和调休日");
    const good = `date,kind,name\n${year}-01-01,放假,元旦\n`;
    await text.fill(`${good}${year}-02-30,OFF,春节\n`);
    await dialog.getByRole("button", { name: "先试算" }).click();
    await dialog.getByText(`第 3 行：“${year}-02-30”不是日期`).waitFor();
    assert.deepEqual(await violations(page), [], "axe, with a fault");
    await text.fill(good);
    await dialog.getByRole("button", { name: "先试算" }).click();
    await dialog.getByText("新增 1 天，取消 0 天，更改 0 天").waitFor();
    await dialog.getByRole("button", { name: "确认载入" }).click();
    await page.getByText("工作日历已更新").waitFor();
    await section.getByRole("row", { name: /元旦/ }).waitFor();
    await section.getByText(new RegExp(`${year} 年共 \\d+ 个工作日`)).waitFor();
  }),
);

test(
  "the section of report rules fails and recovers by itself, beside the lights",
  stage.as("demo-officer", {}, async ({ page, expectFault }) => {
    expectFault(/HTTP 500|status of 500|GraphQL: broken/);
    const isRules = (route) => route.request().postData()?.includes("ReportRulesQuery") === true;
    await page.route("**/graphql", (route) =>
      isRules(route)
        ? route.fulfill({
            status: 500,
            contentType: "application/json",
            body: JSON.stringify({
              errors: [{ message: "broken", extensions: { code: "INTERNAL" } }],
            }),
          })
        : route.continue(),
    );
    await page.goto("/settings/light");
    await page.getByLabel("距时限不足多少天转黄灯").waitFor();
    await page.getByText("服务器没能完成这次请求").first().waitFor();
    await page.unroute("**/graphql");
    await page.getByRole("button", { name: "重试" }).first().click();
    await page.getByRole("heading", { name: "月报报送规则" }).waitFor();
    assert.equal(await page.getByText("服务器没能完成这次请求").count(), 0);
  }),
);

test(
  "whoever may not change the rules reads them",
  stage.as("demo-leader", {}, async ({ page }) => {
    await open(page, "/settings/light");
    assert.equal(await page.getByLabel("距时限不足多少天转黄灯").isDisabled(), true);
    assert.equal(await page.getByRole("button", { name: "保存规则" }).count(), 0);
    await page.getByRole("heading", { name: "月报报送规则" }).waitFor();
    assert.equal(await page.getByLabel("次月第几个工作日截止").isDisabled(), true);
    assert.equal(await page.getByRole("button", { name: "保存报送规则" }).count(), 0);
    assert.equal(await page.getByText("报送时间会怎样变").count(), 0);
    const calendar = page.getByRole("region", { name: "工作日历" });
    await calendar.getByRole("row", { name: /国庆节/ }).waitFor();
    assert.equal(await calendar.getByRole("button", { name: "载入安排" }).count(), 0);
  }),
);
