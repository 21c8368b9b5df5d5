// Themes, large text, languages, paper.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, place, settled, WIDE } from "./lib/browser.mjs";
import { chineseOnScreen } from "./lib/words.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const theme = (page) => page.evaluate(() => document.documentElement.dataset.theme);
const background = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);

test(
  "the chosen theme lasts: over pages, over a reload, and into the next visit",
  stage.as("demo-officer", {}, async ({ page, context }) => {
    await open(page, "/");
    assert.equal(await theme(page), "light");
    const light = await background(page);
    await page.getByRole("button", { name: "切换到深色" }).click();
    assert.equal(await theme(page), "dark");
    assert.notEqual(await background(page), light);
    await page.reload();
    assert.equal(await theme(page), "dark", "before the page has drawn anything");
    await settled(page);
    await page.close();
    const next = await context.newPage();
    await open(next, "/tasks");
    assert.equal(await theme(next), "dark");
    await next.getByRole("button", { name: "切换到浅色" }).click();
    assert.equal(await background(next), light);
  }),
);

test(
  "without a choice the theme is that of the system, and follows it",
  stage.as("demo-officer", { colorScheme: "dark" }, async ({ page }) => {
    await open(page, "/me");
    assert.equal(await theme(page), "dark");
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(() => document.documentElement.dataset.theme === "light");
    await page.getByRole("radio", { name: "深色" }).check({ force: true });
    assert.equal(await theme(page), "dark");
    await page.reload();
    assert.equal(await theme(page), "dark");
  }),
);

test(
  "large text makes the text larger and lasts",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks");
    const size = () =>
      page.evaluate(() =>
        Number.parseFloat(getComputedStyle(document.querySelector("main")).fontSize),
      );
    const usual = await size();
    await page.getByRole("button", { name: "演示·督办员的菜单" }).click();
    await page.getByRole("menuitemcheckbox", { name: "大字版" }).click();
    assert.ok((await size()) >= 18, `${await size()} px`);
    assert.ok((await size()) > usual);
    await page.reload();
    await settled(page);
    assert.ok((await size()) >= 18);
  }),
);

test(
  "the language is switched in place, and lasts",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks?metric=yes");
    await page.getByRole("button", { name: "演示·督办员的菜单" }).click();
    await page.getByRole("menuitem", { name: "English" }).click();
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.equal(place(page), "/tasks?metric=yes");
    await page.reload();
    await page.getByRole("heading", { level: 1, name: "Tasks" }).waitFor();
  }),
);

const ENGLISH = { preferences: { theme: "light", locale: "en" }, locale: "en-US" };

test(
  "English is complete: no word of the Chinese client is left on any page",
  stage.as("demo-officer", ENGLISH, async ({ page, test }) => {
    for (const path of [
      "/",
      "/plans",
      "/plans/2025",
      "/plans/2025?task=2025-16",
      "/plans/import",
      "/tasks",
      "/tasks?group=state&metric=yes",
      "/tasks?text=nothing-like-this",
      "/tasks/2025-16",
      "/tasks/2025-K03",
      "/tasks/1999-01",
      "/metrics",
      "/metrics?q=nothing-like-this",
      "/orgs",
      "/orgs/410100",
      "/me",
      "/help",
      "/no-such-page",
    ]) {
      await test.test(path, async () => {
        await open(page, path);
        assert.deepEqual(await chineseOnScreen(page), []);
      });
    }
    await test.test("menu", async () => {
      await page.getByRole("button", { name: /menu/i }).click();
      await page.getByRole("menu").waitFor();
      assert.deepEqual(await chineseOnScreen(page), []);
      await page.keyboard.press("Escape");
    });
    await test.test("palette", async () => {
      await page.keyboard.press("Control+k");
      await page.locator("dialog[open] input").fill("2025");
      await page.getByRole("option", { name: /2025-/ }).first().waitFor();
      assert.deepEqual(await chineseOnScreen(page), []);
    });
  }),
);

test(
  "English is complete on the sign-in page, with its refusal",
  stage.as(null, ENGLISH, async ({ page }) => {
    await open(page, "/sign-in");
    await page.locator("input[name=account]").fill("nobody");
    await page.locator("input[name=password]").fill("wrong-password");
    await page.locator("form [type=submit]").click();
    await page.locator("form [role=alert]:not(:empty)").waitFor();
    assert.deepEqual(await chineseOnScreen(page), []);
    assert.match(await page.locator("form [role=alert]").innerText(), /^[\x20-\x7e’]+$/);
  }),
);

test(
  "the plan prints as a document: its text, no controls, marks as footnotes",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/plans/2025");
    const onScreen = await page.locator("article").innerText();
    await page.emulateMedia({ media: "print" });
    for (const control of ["header", "nav", "button", "input", "[data-notes]"]) {
      const seen = await page
        .locator(control)
        .evaluateAll((all) =>
          all.filter((one) => one.checkVisibility()).map((one) => one.textContent),
        );
      assert.deepEqual(seen, [], `${control} on paper`);
    }
    const printed = await page.locator("main").innerText();
    for (const words of ["豫科协办发〔2025〕2号", "完善思想政治工作体系", "责任部门：调研宣传部"]) {
      assert.ok(onScreen.includes(words) && printed.includes(words), words);
    }
    assert.match(printed, /任务与指标对照表/);
    assert.match(printed, /免费开放的科技馆 32 家/);
    const ink = await page.evaluate(
      () => getComputedStyle(document.querySelector("article")).color,
    );
    assert.equal(ink, "rgb(0, 0, 0)");
    const pdf = await page.pdf({ format: "A4", preferCSSPageSize: true });
    assert.equal(pdf.subarray(0, 5).toString("latin1"), "%PDF-");
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(pages >= 5 && pages <= 30, `${pages} pages of A4`);
  }),
);

test(
  "the plan prints black on white also where the theme is dark",
  stage.as("demo-officer", { preferences: { theme: "dark" } }, async ({ page }) => {
    await open(page, "/plans/2025");
    await page.emulateMedia({ media: "print" });
    const look = await page.evaluate(() => {
      const paper = (element) => getComputedStyle(element).backgroundColor;
      const article = document.querySelector("article");
      return [paper(document.body), paper(article.parentElement), getComputedStyle(article).color];
    });
    assert.match(look[0], /rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\)/);
    assert.match(look[1], /rgb\(255, 255, 255\)|rgba\(0, 0, 0, 0\)/);
    assert.equal(look[2], "rgb(0, 0, 0)");
  }),
);

test(
  "the start of a page loads no more than the page, its words and no font",
  stage.as("demo-officer", { viewport: WIDE }, async ({ page }) => {
    const kinds = [];
    page.on("request", (request) => kinds.push(request.resourceType()));
    await open(page, "/");
    assert.ok(!kinds.includes("font") && !kinds.includes("image"), kinds.join(" "));
    assert.ok(kinds.length <= 20, `${kinds.length} requests`);
  }),
);
