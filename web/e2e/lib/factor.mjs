// The second factor in the browser: set up on one's own page, its secret read as an app reads it.
import assert from "node:assert/strict";
import { open, PASSWORD, settled } from "./browser.mjs";
import { codeAt } from "./totp.mjs";

/** The secret that a page shows for typing. */
export async function secretIn(place) {
  const shown = await place.locator(".font-mono.select-all").textContent();
  const secret = shown.replaceAll(" ", "");
  assert.match(secret, /^[A-Z2-7]{32}$/u);
  return secret;
}

/** Sets a second factor up on one's own page; `look` may look at each step. Returns what is kept of it. */
export async function enrol(page, look = async () => undefined) {
  await open(page, "/me");
  await page.getByRole("button", { name: "启用动态口令" }).click();
  const first = page.getByRole("dialog", { name: "先确认是您本人" });
  await first.getByLabel("当前密码").fill(PASSWORD);
  await first.getByRole("button", { name: "下一步" }).click();
  const scan = page.getByRole("dialog", { name: "用验证器应用扫描" });
  await scan.getByRole("img", { name: "动态口令二维码" }).waitFor();
  await look("enrol");
  const secret = await secretIn(scan);
  await scan.getByRole("textbox", { name: "动态口令" }).fill("000000");
  await scan.getByRole("button", { name: "启用", exact: true }).click();
  await scan.getByText("动态口令不正确").waitFor();
  const code = codeAt(secret, Date.now());
  await scan.getByRole("textbox", { name: "动态口令" }).fill(code);
  await scan.getByRole("button", { name: "启用", exact: true }).click();
  const kept = page.getByRole("dialog", { name: "备用码，只显示这一次" });
  await kept.waitFor();
  const codes = await kept.getByRole("listitem").allInnerTexts();
  assert.equal(codes.length, 10);
  await look("recovery-codes");
  await kept.getByRole("button", { name: "我已保存" }).click();
  await page.getByText("备用码剩余 10 个").waitFor();
  await settled(page);
  return { secret, codes, used: code };
}

/** Types account and password on the sign-in page, and waits for the second step of that title. */
export async function firstStep(page, login, { password = PASSWORD, title } = {}) {
  await open(page, "/sign-in");
  await page.getByLabel("账号", { exact: true }).fill(login);
  await page.getByLabel("密码", { exact: true }).fill(password);
  await page.getByRole("button", { name: "登录", exact: true }).click();
  await page.getByRole("heading", { name: title ?? "第二步：动态口令" }).waitFor();
}
