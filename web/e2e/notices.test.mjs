// A notice goes out with its recipients seen first, is replied to from the notification, and is closed.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller, handOut } from "./lib/api.mjs";
import { violations } from "./lib/axe.mjs";
import { settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const TASK = "2025-17";

/** A notice presses tasks that are handed out. */
async function prepare() {
  const officer = await caller(stage.server, "demo-officer");
  await handOut(officer, [TASK, "2025-16"], "2031-12-31");
}

test(
  "the officer sees who is told, then sends the notice",
  stage.as("demo-officer", {}, async ({ page }) => {
    await prepare();
    await page.goto("/notices");
    await page.getByText("还没有督办单").waitFor();
    await page.getByRole("link", { name: "制发督办单" }).click();
    await page.getByRole("checkbox", { name: new RegExp(TASK) }).check();
    await page.getByText("演示·学会学术部联络员").first().waitFor();
    await settled(page);
    assert.deepEqual(await violations(page), [], "axe, before it goes");
    await page.getByRole("button", { name: "发出 1 份" }).click();
    await page.waitForURL(/\/notices$/);
    await page.getByRole("link", { name: /督办〔\d+〕1号/ }).waitFor();
    await settled(page);
    assert.deepEqual(await violations(page), [], "axe, the list");
  }),
);

test(
  "the liaison finds it in the notifications and replies",
  stage.as("demo-liaison-xxb", {}, async ({ page }) => {
    await page.goto("/notifications");
    await page
      .getByText(/收到督办〔\d+〕1号/)
      .first()
      .waitFor();
    await settled(page);
    assert.deepEqual(await violations(page), [], "axe, the notifications");
    await page.keyboard.press("j");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/notices\/\d+-1$/);
    await page.getByRole("button", { name: "回复" }).waitFor();
    await settled(page);
    assert.deepEqual(await violations(page), [], "axe, the notice");
    await page.locator("textarea").fill("平台已建成，对接活动正在筹备。");
    await page.getByRole("button", { name: "回复" }).click();
    await page.getByText("已回复").first().waitFor();
    await settled(page);
  }),
);

test(
  "the officer closes it; quiet hours and a calendar feed are set under 个人设置",
  stage.as("demo-officer", {}, async ({ page }) => {
    await page.goto("/notices?view=replied");
    await page.getByRole("link", { name: /督办〔\d+〕1号/ }).click();
    await page.getByRole("button", { name: "办结" }).click();
    await page.getByText("已办结").first().waitFor();
    await page.goto("/me");
    await page.getByLabel("免打扰从").selectOption("20");
    await page.getByRole("button", { name: "保存", exact: true }).click();
    await page.getByText("已保存").waitFor();
    await page.getByRole("button", { name: "新建订阅地址" }).click();
    const address = await page.getByLabel("订阅地址").inputValue();
    assert.match(address, /\/calendar\/[\w-]{43}\.ics$/);
    await settled(page);
    assert.deepEqual(await violations(page), [], "axe, the settings");
  }),
);
