// Coming in by the organisation's own provider (单位统一认证): a real one, the certified `oidc-provider`.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { CLIENT, freePort, SECRET, startProvider } from "../../tests/clients/lib/provider.mjs";
import { open, place } from "./lib/browser.mjs";
import { openStage } from "./lib/stage.mjs";

const people = {
  "s-officer": { preferred_username: "demo-officer" },
  "s-nobody": { preferred_username: "nobody-of-this-name" },
};
const NAME = "省科协统一认证";
const port = await freePort();
const url = `http://127.0.0.1:${port}`;
const provider = await startProvider({ people, server: url, hasPage: true });
after(provider.stop);

const settings = (address, issuer) => ({
  DUBAN_SERVER__PUBLIC_URL: address,
  DUBAN_OIDC__ISSUER: issuer,
  DUBAN_OIDC__CLIENT_ID: CLIENT,
  DUBAN_OIDC__CLIENT_SECRET: SECRET,
  DUBAN_OIDC__NAME_ZH: NAME,
});
const stage = openStage(undefined, settings(url, provider.issuer), port);

/** A visit of nobody, which leads to the provider and back. */
const visit = (act) =>
  stage.as(null, {}, async (scene) => {
    scene.expectFault(new RegExp(`^foreign host: ${provider.issuer}/`));
    await act(scene);
  });

const button = (page) => page.getByRole("link", { name: NAME, exact: true });

/** Goes to the provider and types a name there. */
async function passAs(page, name) {
  await button(page).click();
  await page.waitForURL(`${provider.issuer}/interaction/*`);
  await page.getByLabel("姓名").fill(name);
  await page.getByRole("button", { name: "认证" }).click();
}

test(
  "somebody comes in by the provider, to the page that was asked for, and stays",
  visit(async ({ page }) => {
    await open(page, "/sign-in?to=%2Ftasks%3Fkind%3DKEY_TASK");
    await passAs(page, "s-officer");
    await page.waitForURL(`${url}/tasks?kind=KEY_TASK`);
    await page.getByRole("button", { name: "演示·督办员的菜单" }).waitFor();
    await page.reload();
    await page.getByRole("button", { name: "演示·督办员的菜单" }).waitFor();
  }),
);

test(
  "the keyboard reaches it behind the password",
  visit(async ({ page }) => {
    await open(page, "/sign-in");
    await page.getByRole("button", { name: "登录", exact: true }).focus();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${provider.issuer}/interaction/*`);
  }),
);

test(
  "who goes back at the provider is told so, and the password is a way in",
  visit(async ({ page }) => {
    await open(page, "/sign-in?to=%2Fwall");
    await button(page).click();
    await page.getByRole("button", { name: "返回" }).click();
    await page.waitForURL(`${url}/sign-in?*`);
    await page.getByRole("alert").getByText("统一认证没有完成，请重新登录").waitFor();
    await page.getByRole("button", { name: /^分管领导/ }).click();
    await page.waitForURL(`${url}/wall`);
  }),
);

test(
  "who has no account here is told so, and is not signed in",
  visit(async ({ page }) => {
    await open(page, "/sign-in");
    await passAs(page, "s-nobody");
    await page.waitForURL(`${url}/sign-in?*`);
    const told = "统一认证已通过，但您在督办中没有可用的账号，请联系系统管理员";
    await page.getByRole("alert").getByText(told).waitFor();
    await page.reload();
    assert.equal(place(page).split("?")[0], "/sign-in");
  }),
);

const lonelyPort = await freePort();
const lonelyUrl = `http://127.0.0.1:${lonelyPort}`;
const nobodyThere = `http://127.0.0.1:${await freePort()}`;
const lonely = openStage(undefined, settings(lonelyUrl, nobodyThere), lonelyPort);

test(
  "a provider that is not there is told, with the password as another way",
  lonely.as(null, {}, async ({ page }) => {
    await open(page, "/sign-in");
    await button(page).click();
    await page.waitForURL(`${lonelyUrl}/sign-in?*`);
    const told = "暂时连不上统一认证，请稍后重试，或用账号和密码登录";
    await page.getByRole("alert").getByText(told).waitFor();
    await page.getByRole("button", { name: /^分管领导/ }).click();
    await page.waitForURL(`${lonelyUrl}/`);
  }),
);
