// Units that are added, and those that are venues (场馆): by whoever manages units.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, place } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const OFFICER = "demo-officer";
const CODE = "DEMO-VENUE-1";
const dialog = (page) => page.getByRole("dialog");
const field = (page, name) => dialog(page).getByLabel(name);
const button = (scope, name) => scope.getByRole("button", { name, exact: true });

test(
  "a unit is added below another one as a venue; what is wrong is told at its field and nothing is lost",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, "/orgs/HNAST");
    await button(page, "新增下级单位").click();
    await field(page, "全称").waitFor();
    await button(dialog(page), "新增下级单位").click();
    await dialog(page).locator("[aria-invalid=true]").first().waitFor();
    await field(page, "全称").fill("演示·流动科技馆");
    await field(page, "代码").fill("HNAST");
    await dialog(page).getByRole("checkbox", { name: "场馆" }).check();
    await button(dialog(page), "新增下级单位").click();
    const code = field(page, "代码");
    await page.waitForFunction(
      (one) => one.getAttribute("aria-invalid") === "true",
      await code.elementHandle(),
    );
    assert.equal(await field(page, "全称").inputValue(), "演示·流动科技馆");
    await code.fill(CODE);
    await code.press("Enter");
    await page.waitForURL(`**/orgs/${CODE}`);
    await page.getByRole("heading", { name: "演示·流动科技馆" }).first().waitFor();
    await button(page, "取消场馆标注").waitFor();
  }),
);

test(
  "a mark as a venue is taken off and set again by keyboard, with a reason",
  stage.as(OFFICER, {}, async ({ page }) => {
    await open(page, `/orgs/${CODE}`);
    for (const [now, then, reason] of [
      ["取消场馆标注", "标为场馆", "演示：改为流动展览"],
      ["标为场馆", "取消场馆标注", "演示：恢复开放"],
    ]) {
      await button(page, now).focus();
      await page.keyboard.press("Enter");
      await field(page, "理由").waitFor();
      await button(dialog(page), now).press("Enter");
      await dialog(page).locator("[aria-invalid=true]").waitFor();
      await field(page, "理由").fill(reason);
      await button(dialog(page), now).press("Enter");
      await dialog(page).waitFor({ state: "detached" });
      await button(page, then).waitFor();
    }
    await button(page, "取消场馆标注").press("Enter");
    await field(page, "理由").waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
    assert.equal(place(page), `/orgs/${CODE}`);
  }),
);

test(
  "who manages no units is offered neither",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, `/orgs/${CODE}`);
    await page.getByRole("heading", { name: "演示·流动科技馆" }).first().waitFor();
    assert.equal(await button(page, "新增下级单位").count(), 0);
    assert.equal(await button(page, "取消场馆标注").count(), 0);
  }),
);
