// What a page shows while it waits, when there is nothing, when something broke, when the reader may not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { open, settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const REQUEST_ID = "019ac0de-0000-7000-8000-00000000beef";
const PAGES = [
  "/",
  "/plans",
  "/plans/2025",
  "/tasks",
  "/tasks/2025-16",
  "/metrics",
  "/metrics/2025-16-M1",
  "/orgs",
];

/** Who is signed in; these answers are left alone, or no page would come at all. */
const isSession = (route) => route.request().postData()?.includes("RefreshSession") === true;

/** Puts another answer in place of the server's. */
function answerAll(page, answer) {
  return page.route("**/graphql", (route) => (isSession(route) ? route.continue() : answer(route)));
}

for (const path of PAGES) {
  test(
    `${path} shows that it is loading, then its data`,
    stage.as("demo-officer", {}, async ({ page }) => {
      let release = () => undefined;
      const held = new Promise((resolve) => {
        release = resolve;
      });
      await answerAll(page, async (route) => {
        await held;
        await route.continue().catch(() => undefined);
      });
      await page.goto(path);
      await page.locator("main .skeleton").first().waitFor();
      assert.deepEqual(await violations(page), [], "axe, while loading");
      release();
      await settled(page);
      assert.equal(await page.locator("main .skeleton").count(), 0);
    }),
  );

  test(
    `${path} tells that the server broke, with the id of the request, and recovers`,
    stage.as("demo-officer", {}, async ({ page, expectFault }) => {
      expectFault(/HTTP 500|status of 500|GraphQL: broken/);
      await answerAll(page, (route) =>
        route.fulfill({
          status: 500,
          contentType: "application/json",
          headers: { "x-request-id": REQUEST_ID },
          body: JSON.stringify({
            errors: [
              { message: "broken", extensions: { code: "INTERNAL", requestId: REQUEST_ID } },
            ],
          }),
        }),
      );
      await page.goto(path);
      await page.getByText("服务器没能完成这次请求").first().waitFor();
      await page.getByText(REQUEST_ID).first().waitFor();
      assert.deepEqual(await violations(page), [], "axe, with the error");
      await settled(page);
      await page.unroute("**/graphql");
      await page.getByRole("button", { name: "重试" }).first().click();
      await page.getByText("服务器没能完成这次请求").first().waitFor({ state: "detached" });
      await settled(page);
      assert.equal(await page.getByText("服务器没能完成这次请求").count(), 0);
    }),
  );

  test(
    `${path} tells that the server cannot be reached, and recovers`,
    stage.as("demo-officer", {}, async ({ page, expectFault }) => {
      expectFault(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/);
      await answerAll(page, (route) => route.abort("internetdisconnected"));
      await page.goto(path);
      await page.getByText("连不上服务器").first().waitFor();
      // Every request of the page has failed by now; one that failed later would put the words back.
      await settled(page);
      await page.unroute("**/graphql");
      await page.getByRole("button", { name: "重试" }).first().click();
      await page.getByText("连不上服务器").first().waitFor({ state: "detached" });
      await settled(page);
      assert.equal(await page.getByText("连不上服务器").count(), 0);
    }),
  );
}

/** Empties every connection of an answer. */
function emptied(value) {
  if (Array.isArray(value)) return value.map(emptied);
  if (value === null || typeof value !== "object") return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, one]) => [key, emptied(one)]));
  if (Array.isArray(value.edges)) {
    copy.edges = [];
    if ("totalCount" in copy) copy.totalCount = 0;
    if (copy.pageInfo) copy.pageInfo = { ...copy.pageInfo, hasNextPage: false, endCursor: null };
  }
  return copy;
}

for (const [path, words] of [
  ["/", "还没有已印发的工作要点"],
  ["/plans", "还没有工作要点"],
  ["/tasks", "还没有任务"],
  ["/metrics", "还没有工作要点"],
]) {
  test(
    `${path} says what to do when there is nothing yet`,
    stage.as("demo-officer", {}, async ({ page }) => {
      await answerAll(page, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, json: emptied(await response.json()) });
      });
      await page.goto(path);
      await page.getByText(words).first().waitFor();
      await page.getByRole("link", { name: /导入/ }).first().waitFor();
      assert.deepEqual(await violations(page), [], "axe, with nothing");
    }),
  );
}

for (const [path, words] of [
  ["/?plan=1999", "没有这份要点"],
  ["/plans/1999", "没有这份要点"],
  ["/plans/1999/draft", "没有这份草稿"],
  ["/tasks/1999-01", "没有这项任务"],
  ["/tasks?text=没有这样的词", "没有符合条件的任务"],
  ["/metrics?q=没有这样的词", "没有符合条件的指标"],
  ["/metrics/2025-99-M1", "没有指标 2025-99-M1"],
  ["/orgs/999999", "没有这个单位"],
  ["/orgs?q=没有这样的单位", "没有找到单位"],
  ["/nothing/here", "没有这一页"],
]) {
  test(
    `${path} says that there is no such thing`,
    stage.as("demo-officer", {}, async ({ page }) => {
      await open(page, path);
      await page.getByText(words).first().waitFor();
      assert.deepEqual(await violations(page), [], "axe");
    }),
  );
}

for (const path of ["/", "/plans", "/plans/2025", "/tasks", "/tasks/2025-16", "/metrics"]) {
  test(
    `${path} tells an administrator that the permission is missing, without asking for data`,
    stage.as("demo-sysadmin", {}, async ({ page }) => {
      await open(page, path);
      await page.getByText("您没有查看此内容的权限").waitFor();
      await page.getByText("权限由本单位的系统管理员按角色授予").waitFor();
    }),
  );
}

test(
  "who may not import is told so on the import page",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/plans/import");
    await page.getByText("您没有").first().waitFor();
    assert.equal(await page.getByRole("button", { name: "开始识别" }).count(), 0);
    assert.deepEqual(await violations(page), [], "axe");
  }),
);

test(
  "who may not import is not offered it",
  stage.as("demo-viewer", {}, async ({ page }) => {
    await open(page, "/plans");
    assert.equal(await page.getByRole("link", { name: /导入/ }).count(), 0);
    await page.getByRole("button", { name: "演示·查阅的菜单" }).click();
    await page.getByRole("menuitem", { name: "退出登录" }).waitFor();
    assert.equal(await page.getByRole("menuitem", { name: /导入/ }).count(), 0);
  }),
);
