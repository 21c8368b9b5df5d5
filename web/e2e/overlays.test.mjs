// What opens over a page, in both themes and both sizes of text, at a desk and on a phone: held against WCAG, and
// closed again by Esc with the focus where it was.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violationsInBothThemes } from "./lib/axe.mjs";
import { open, PHONE, settled, WIDE } from "./lib/browser.mjs";
import { SMALL_PLAN } from "./lib/documents.mjs";
import { openStage } from "./lib/stage.mjs";
import { pasteText } from "./lib/wizard.mjs";

const stage = openStage();
const MODAL = "dialog[open]";

/** Each opens something and names what is then there. */
const OVERLAYS = [
  {
    name: "menu of the person",
    path: "/help",
    show: (page) => page.getByRole("button", { name: "演示·督办员的菜单" }).click(),
    there: "[role=menu]",
  },
  {
    name: "palette",
    path: "/help",
    show: (page) => page.keyboard.press("Control+k"),
    there: MODAL,
  },
  {
    name: "palette with tasks found",
    path: "/help",
    show: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator(`${MODAL} input`).fill("科技馆");
      await page.getByRole("option", { name: /2025-/ }).first().waitFor();
    },
    there: MODAL,
  },
  {
    name: "palette with nothing found",
    path: "/help",
    show: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator(`${MODAL} input`).fill("没有这样的词");
      await page.getByText("没有相符的条目").waitFor();
    },
    there: MODAL,
  },
  {
    name: "task over the list",
    path: "/tasks",
    show: (page) => page.locator("[data-row] a:visible").nth(2).click(),
    there: MODAL,
    // On a phone the task is a page of its own.
    isDeskOnly: true,
  },
  {
    name: "task over the plan",
    path: "/plans/2025",
    show: (page) => page.locator(".plan-note-task:visible").nth(2).click(),
    there: MODAL,
  },
  {
    name: "question before a draft is thrown away",
    path: "/plans/2026/draft?step=review",
    show: (page) => page.getByRole("button", { name: "放弃草稿" }).click(),
    there: MODAL,
  },
  {
    name: "departments to choose from",
    path: "/plans/2026/draft?step=review&panel=items&task=2026-03",
    show: async (page) => {
      await page.getByRole("combobox", { name: "选择牵头部门" }).fill("科");
      await page.getByRole("option").first().waitFor();
    },
    there: "[role=listbox]",
  },
];

for (const device of [
  { name: "desk", options: { viewport: WIDE } },
  { name: "phone", options: { viewport: PHONE, isMobile: true, hasTouch: true } },
]) {
  for (const isLargeText of [false, true]) {
    const size = isLargeText ? "large text" : "normal text";
    test(
      `overlays: ${device.name}, ${size}`,
      stage.as(
        "demo-officer",
        { ...device.options, preferences: { theme: "system", isLargeText } },
        async ({ page, test }) => {
          await pasteText(page, SMALL_PLAN);
          for (const overlay of OVERLAYS) {
            if (overlay.isDeskOnly && device.name !== "desk") continue;
            await test.test(overlay.name, () => examine(page, overlay));
          }
        },
      ),
    );
  }
}

async function examine(page, { path, show, there }) {
  await open(page, path);
  await show(page);
  await page.locator(there).waitFor();
  await settled(page);
  assert.deepEqual(await violationsInBothThemes(page), [], "axe");
  const box = await page.locator(there).boundingBox();
  const { width } = page.viewportSize();
  assert.ok(box.x >= 0 && box.x + box.width <= width + 0.5, "it stays within the screen");
  if (there === MODAL) assert.equal(await holdsFocus(page), true, "Tab leaves it");
  await page.keyboard.press("Escape");
  await page.locator(there).waitFor({ state: "detached" });
  const isLost = await page.evaluate(() => document.activeElement === document.body);
  assert.equal(isLost && path !== "/help", false, "the focus is lost after Esc");
}

/** Whether Tab goes round inside the dialog (or to the browser itself), never to the page behind it. */
async function holdsFocus(page) {
  for (let press = 0; press < 25; press += 1) {
    await page.keyboard.press("Tab");
    const isBehind = await page.evaluate(
      (modal) =>
        document.activeElement !== document.body && document.activeElement.closest(modal) === null,
      MODAL,
    );
    if (isBehind) return false;
  }
  return true;
}
