// By keyboard alone; and the address as the view: filters are in it, Back works, it can be shared.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, place, settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const focused = (page) => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");

/** Presses Tab until the focus is on what is looked for; as people do, so not for ever. */
async function tabTo(page, isThere, most = 60) {
  for (let press = 0; press < most; press += 1) {
    await page.keyboard.press("Tab");
    if (await page.evaluate(isThere)) return;
  }
  throw new Error("the focus never came there");
}

test(
  "signing in needs no pointer",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    await tabTo(page, () => document.activeElement?.getAttribute("name") === "account");
    await page.keyboard.type("demo-leader");
    await page.keyboard.press("Tab");
    await page.keyboard.type("yanshi-duban-2025");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "演示·分管领导的菜单" }).waitFor();
  }),
);

test(
  "the first Tab offers the way past the header",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks");
    await page.keyboard.press("Tab");
    assert.equal(await focused(page), "跳到正文");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    assert.equal(place(page), "/tasks");
  }),
);

for (const [key, address] of [
  ["o", "/"],
  ["p", "/plans"],
  ["t", "/tasks"],
  ["m", "/metrics"],
  ["r", "/orgs"],
]) {
  test(
    `g then ${key} goes to ${address}`,
    stage.as("demo-officer", {}, async ({ page }) => {
      await open(page, "/help");
      await page.keyboard.press("g");
      await page.keyboard.press(key);
      await page.waitForURL((url) => url.pathname === address);
      await settled(page);
    }),
  );
}

test(
  "? opens the help, and single keys can be turned off",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks");
    await page.keyboard.press("?");
    await page.waitForURL("**/help");
    await open(page, "/me");
    await page.getByLabel("启用单键快捷键").uncheck();
    await page.locator("h1").click();
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.keyboard.press("?");
    await page.keyboard.press("/");
    assert.equal(place(page), "/me");
    assert.equal(await page.locator("dialog[open]").count(), 0);
    await page.keyboard.press("Control+k");
    await page.locator("dialog[open]").waitFor();
  }),
);

test(
  "Ctrl K finds pages and tasks, and gives the focus back",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/plans");
    await tabTo(page, () => document.activeElement?.closest("main") !== null);
    const before = await focused(page);
    await page.keyboard.press("Control+k");
    const palette = page.getByRole("dialog", { name: "查找" });
    await palette.waitFor();
    await page.keyboard.press("Escape");
    await palette.waitFor({ state: "detached" });
    assert.equal(await focused(page), before);

    await page.keyboard.press("Control+k");
    await page.keyboard.type("指标");
    await palette.getByRole("option", { name: "驾驶舱" }).waitFor({ state: "detached" });
    await palette.getByRole("option", { name: "指标", selected: true }).first().waitFor();
    await page.keyboard.press("Enter");
    await page.waitForURL("**/metrics");

    await page.keyboard.press("Control+k");
    await page.keyboard.type("2025-16");
    await palette.getByRole("option", { name: /2025-16/ }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/tasks/2025-16");
  }),
);

test(
  "/ goes to the search field of the page, or opens the palette where there is none",
  stage.as("demo-officer", {}, async ({ page }) => {
    for (const path of ["/tasks", "/metrics", "/orgs", "/plans/2025"]) {
      await open(page, path);
      await page.keyboard.press("/");
      const isSearch = await page.evaluate(
        () =>
          document.activeElement?.matches("input[type=search]") === true &&
          document.activeElement.value === "",
      );
      assert.equal(isSearch, true, path);
    }
    await open(page, "/help");
    await page.keyboard.press("/");
    await page.getByRole("dialog", { name: "查找" }).waitFor();
  }),
);

test(
  "j and k move between tasks, Enter opens one, Esc closes it again",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks");
    const row = () =>
      page.evaluate(() => document.activeElement?.closest("[data-row]")?.getAttribute("data-row"));
    await page.keyboard.press("j");
    assert.equal(await row(), "0");
    await page.keyboard.press("j");
    await page.keyboard.press("j");
    assert.equal(await row(), "2");
    await page.keyboard.press("k");
    assert.equal(await row(), "1");
    await page.keyboard.press("Enter");
    const drawer = page.locator("dialog[open]");
    await drawer.getByText("2025-02").first().waitFor();
    await settled(page);
    await page.keyboard.press("Escape");
    await drawer.waitFor({ state: "detached" });
    assert.equal(await row(), "1", "the focus is back on the row");
  }),
);

test(
  "j goes through all rows of a long list, also those that were not drawn",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks");
    for (let press = 0; press < 36; press += 1) await page.keyboard.press("j", { delay: 15 });
    const row = await page.evaluate(
      () => document.activeElement?.closest("[data-row]")?.textContent ?? "",
    );
    assert.match(row, /2025-K10/);
    const isSeen = await page.evaluate(() => {
      const box = document.activeElement.getBoundingClientRect();
      return box.top >= 0 && box.bottom <= innerHeight;
    });
    assert.equal(isSeen, true, "the row with the focus is in sight");
  }),
);

test(
  "the menu of the person works by arrows, letters and Esc",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/help");
    await page.getByRole("button", { name: "演示·督办员的菜单" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    assert.equal(await focused(page), "导入工作要点");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "深色");
    await page.keyboard.press("End");
    assert.equal(await focused(page), "退出登录");
    await page.keyboard.press("ArrowDown");
    assert.equal(await focused(page), "导入工作要点");
    await page.keyboard.press("ArrowUp");
    assert.equal(await focused(page), "退出登录");
    await page.keyboard.press("Escape");
    await page.getByRole("menu").waitFor({ state: "detached" });
    assert.match(await focused(page), /演示·督办员的菜单$/);
  }),
);

test(
  "filters of tasks are in the address, are there again after a reload, and Back takes them away",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/plans");
    await page.keyboard.press("g");
    await page.keyboard.press("t");
    await page.waitForURL("**/tasks");
    await settled(page);
    const count = () => page.locator("[data-row]").count();
    await page.locator("[data-row]").first().waitFor();
    const all = await count();
    await page.getByLabel("数量指标").selectOption("yes");
    await page.waitForURL(/metric=yes/);
    await page.waitForFunction((n) => document.querySelectorAll("[data-row]").length < n, all);
    const some = await count();
    assert.ok(some > 0);
    await page.reload();
    await settled(page);
    assert.equal(await count(), some);
    await page.locator("[data-row] a").first().click();
    await page.locator("dialog[open]").waitFor();
    assert.match(place(page), /task=2025/);
    await page.goBack();
    await page.locator("dialog[open]").waitFor({ state: "detached" });
    assert.match(place(page), /metric=yes/);
    await page.goBack();
    await page.waitForURL((url) => !url.href.includes("metric=yes"));
  }),
);

test(
  "text typed into a search comes to the address once typing pauses",
  stage.as("demo-officer", {}, async ({ page }) => {
    for (const [path, name] of [
      ["/tasks", "text"],
      ["/metrics", "q"],
      ["/orgs", "q"],
    ]) {
      await open(page, path);
      await page.keyboard.press("/");
      await page.keyboard.type("科技馆", { delay: 30 });
      await page.waitForURL((url) => url.searchParams.get(name) === "科技馆");
      await settled(page);
      await page.reload();
      await settled(page);
      assert.equal(await page.locator("main input[type=search]").inputValue(), "科技馆");
    }
  }),
);

/** The keys that an input method sends while pinyin is being typed: none of them is for the page. */
async function compose(page, client) {
  await client.send("Input.imeSetComposition", {
    text: "ke'ji",
    selectionStart: 5,
    selectionEnd: 5,
  });
  await page.evaluate(() => {
    for (const type of ["keydown", "keyup"]) {
      document.activeElement.dispatchEvent(
        new KeyboardEvent(type, {
          key: "Enter",
          keyCode: 229,
          isComposing: true,
          bubbles: true,
          cancelable: true,
        }),
      );
    }
  });
}

test(
  "Enter that ends a composition submits nothing and opens nothing",
  stage.as("demo-officer", {}, async ({ page, context }) => {
    const client = await context.newCDPSession(page);
    await open(page, "/help");
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "查找" }).waitFor();
    await compose(page, client);
    await page.waitForTimeout(300);
    assert.equal(place(page), "/help", "the palette opened something");
    await client.send("Input.insertText", { text: "科技" });
    assert.match(await page.locator("dialog input").inputValue(), /科技$/);
    await page.keyboard.press("Escape");

    for (const path of ["/tasks", "/metrics", "/orgs", "/plans/2025"]) {
      await open(page, path);
      await page.keyboard.press("/");
      await compose(page, client);
      await page.waitForTimeout(400);
      assert.equal(place(page), path, "pinyin came to the address");
      await client.send("Input.insertText", { text: "科技" });
      assert.equal(await page.locator("main input[type=search]").inputValue(), "科技");
    }
  }),
);

test(
  "Enter that ends a composition in the account does not sign in",
  stage.as(null, {}, async ({ page, context }) => {
    const client = await context.newCDPSession(page);
    await open(page, "/sign-in");
    await page.getByLabel("账号", { exact: true }).focus();
    await compose(page, client);
    await page.waitForTimeout(200);
    assert.equal(await page.getByText("请填写账号和密码").count(), 0);
  }),
);
