// The audit trail: who may read it, what it tells, and that the address holds what is looked at.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();

test(
  "an auditor narrows the trail, opens an event and follows its object",
  stage.as("demo-auditor", {}, async ({ page }) => {
    await open(page, "/audit");
    const table = page.getByRole("table", { name: "审计事件" });
    // The newest event is the sign-in that led here.
    await table.getByRole("button", { name: "登录", exact: true }).first().waitFor();
    await page.getByLabel("对象", { exact: true }).selectOption("Plan");
    await page.waitForURL(/kind=Plan/);
    await table.getByRole("button", { name: "印发工作要点" }).click();
    const drawer = page.getByRole("dialog");
    await drawer.getByText("plan.issued").waitFor();
    assert.match(await drawer.innerText(), /演示·督办员/);
    assert.match(await drawer.innerText(), /[0-9a-f]{64}/);
    await drawer.getByRole("button", { name: "只看此对象" }).click();
    await page.waitForURL(/object=/);
    await settled(page);
    await table.getByRole("button", { name: "导入工作要点" }).waitFor();
    await page.reload();
    await table.getByRole("button", { name: "导入工作要点" }).waitFor();
    await page.getByRole("button", { name: "清除筛选" }).first().click();
    await page.waitForURL((url) => url.search === "");
  }),
);

test(
  "what was refused is told with its reason",
  stage.as("demo-auditor", {}, async ({ page }) => {
    const wrong = { account: "demo-officer", password: "not the password" };
    const query = "mutation($input: SignInInput!) { signIn(input: $input) { accessToken } }";
    await page.request.post("/graphql", { data: { query, variables: { input: wrong } } });
    await open(page, "/audit?outcome=REFUSED");
    const table = page.getByRole("table", { name: "审计事件" });
    await table.getByRole("button", { name: "登录失败" }).first().click();
    await page.getByRole("dialog").getByText("SIGN_IN_REFUSED").waitFor();
  }),
);

test(
  "nobody else finds the trail",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/audit");
    await page.getByText("您没有查看此内容的权限").waitFor();
    assert.equal(await page.getByRole("link", { name: "审计" }).count(), 0);
  }),
);
