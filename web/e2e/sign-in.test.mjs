// Coming in and going out.
import assert from "node:assert/strict";
import { test } from "node:test";
import { open, PASSWORD, place, settled } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const account = (page) => page.getByLabel("账号", { exact: true });
const password = (page) => page.getByLabel("密码", { exact: true });
const enter = (page) => page.getByRole("button", { name: "登录", exact: true });

test(
  "a wrong password is told and keeps the account that was typed",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    await account(page).fill("demo-officer");
    await password(page).fill("not-the-password");
    await enter(page).click();
    await page.getByText("账号或密码不正确").waitFor();
    assert.equal(await account(page).inputValue(), "demo-officer");
    assert.equal(place(page), "/sign-in");
    await password(page).fill(PASSWORD);
    await password(page).press("Enter");
    await page.waitForURL("**/");
    await page.getByRole("button", { name: "演示·督办员的菜单" }).waitFor();
  }),
);

test(
  "an account that does not exist is told in the same words as a wrong password",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    await account(page).fill("nobody-of-this-name");
    await password(page).fill("not-the-password");
    await enter(page).click();
    await page.getByText("账号或密码不正确").waitFor();
  }),
);

test(
  "empty fields are told without asking the server",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    const asked = [];
    page.on("request", (request) => {
      if (request.postData()?.includes('"SignIn"')) asked.push(request.url());
    });
    await enter(page).click();
    await page.getByRole("alert").getByText("请填写账号和密码").waitFor();
    assert.deepEqual(asked, []);
  }),
);

test(
  "too many attempts are told with the time left",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    await account(page).fill("somebody-who-forgot");
    const told = page.getByText(/尝试次数过多，请在 .+ 后再试/);
    for (let attempt = 0; attempt < 30 && (await told.count()) === 0; attempt += 1) {
      await password(page).fill(`guess ${attempt}`);
      await enter(page).click();
      await page.waitForFunction(
        () => document.querySelector("form [type=submit]").getAttribute("aria-busy") !== "true",
      );
    }
    await told.first().waitFor();
    assert.equal(await page.locator("form [type=submit]").isDisabled(), true);
  }),
);

test(
  "who is not signed in comes to the page asked for after signing in",
  stage.as(null, {}, async ({ page }) => {
    await page.goto("/tasks?kind=KEY_TASK&text=科技馆");
    await page.waitForURL("**/sign-in?to=*");
    await settled(page);
    await page.getByRole("button", { name: /^分管领导/ }).click();
    await page.waitForURL("**/tasks?*");
    assert.equal(place(page), "/tasks?kind=KEY_TASK&text=科技馆");
    await page.goBack();
    assert.ok(!place(page).startsWith("/sign-in"), "Back does not lead to the sign-in page");
  }),
);

test(
  "an address of another host is not followed after signing in",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in?to=//example.org/plans");
    await page.getByRole("button", { name: /^查阅/ }).click();
    await page.getByRole("button", { name: "演示·查阅的菜单" }).waitFor();
    assert.equal(place(page), "/");
  }),
);

test(
  "every demo account comes in with one press, is named, and can leave",
  stage.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    const buttons = page.locator("section", { hasText: "演示账号" }).getByRole("listitem");
    const names = await buttons.locator("button > span:first-child").allInnerTexts();
    assert.ok(names.length >= 6, `only ${names.length} demo accounts`);
    for (const name of names) {
      await page.getByRole("button", { name: new RegExp(`^${name}`) }).click();
      await settled(page);
      await page.getByRole("button", { name: `演示·${name}的菜单` }).click();
      await page.getByRole("menuitem", { name: "退出登录" }).click();
      await page.waitForURL("**/sign-in");
      await settled(page);
    }
    await page.goto("/tasks");
    await page.waitForURL("**/sign-in?to=*");
  }),
);

test(
  "a session that ended elsewhere leads to the sign-in page and back",
  stage.as("demo-officer", {}, async ({ page, context }) => {
    await open(page, "/plans");
    await context.clearCookies();
    await page.goto("/metrics?q=科技馆");
    await page.waitForURL("**/sign-in?to=*");
    await settled(page);
    await page.getByRole("button", { name: /^督办员/ }).click();
    await page.waitForURL("**/metrics?*");
    assert.equal(place(page), "/metrics?q=科技馆");
  }),
);
