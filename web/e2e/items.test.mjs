// Items that no plan holds: entered, handed out, found by those whom they concern and nobody else.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const TITLE = "做好全国科技工作者日主场活动";

test(
  "an officer enters an item from a meeting and hands it out",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/items");
    await page.getByRole("button", { name: "新增事项" }).click();
    const dialog = page.getByRole("dialog", { name: "新增事项" });
    await dialog.getByRole("button", { name: "立项" }).click();
    await dialog.getByRole("alert").first().waitFor();
    await dialog.getByLabel("来源说明").fill("第3次主席办公会议");
    await dialog.getByRole("textbox", { name: "事项", exact: true }).fill(TITLE);
    const lead = dialog.getByRole("combobox", { name: "牵头单位" });
    await lead.fill("学会学术部");
    await page
      .getByRole("option", { name: /学会学术部/ })
      .first()
      .click();
    await dialog.getByLabel("完成时限").fill("2031-12-20");
    await dialog.getByRole("button", { name: "立项" }).click();
    await page.waitForURL(/\/tasks\/\d{4}-H01$/);
    await settled(page);
    await page.getByText("第3次主席办公会议").waitFor();
    await page.getByRole("button", { name: "交办", exact: true }).first().click();
    const handOut = page.getByRole("dialog");
    await handOut.getByRole("button", { name: "交办", exact: true }).click();
    await page.getByText("已交办").first().waitFor();
  }),
);

test(
  "the department that leads finds the item",
  stage.as("demo-liaison-xxb", {}, async ({ page }) => {
    await open(page, "/items");
    await page.getByRole("link", { name: TITLE }).waitFor();
  }),
);

test(
  "a city that takes no part sees nothing of it",
  stage.as("demo-city-zhengzhou", {}, async ({ page }) => {
    await open(page, "/items");
    await page.getByText("还没有其他事项").waitFor();
    assert.equal(await page.getByText(TITLE).count(), 0);
  }),
);
