// Lights: told with their reasons, filtered in the address, overridden with a reason; rules are tried first.
import assert from "node:assert/strict";
import { test } from "node:test";
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
  "whoever may not change the rules reads them",
  stage.as("demo-leader", {}, async ({ page }) => {
    await open(page, "/settings/light");
    assert.equal(await page.getByLabel("距时限不足多少天转黄灯").isDisabled(), true);
    assert.equal(await page.getByRole("button", { name: "保存规则" }).count(), 0);
  }),
);
