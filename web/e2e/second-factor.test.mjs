// The second factor: set up on one's own page, asked for at sign-in, lost, and reset.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { open, PHONE, WIDE } from "./lib/browser.mjs";
import { enrol, firstStep } from "./lib/factor.mjs";
import { asPerson } from "./lib/people.mjs";
import { openStage } from "./lib/stage.mjs";
import { codeAt } from "./lib/totp.mjs";

const stage = openStage();

const PICTURES = process.env.DUBAN_PICTURES;

/** Holds what is shown against axe, and keeps a picture where one is asked for. */
async function look(page, name) {
  assert.deepEqual(await violations(page), [], name);
  if (PICTURES === undefined) return;
  for (const colorScheme of ["light", "dark"]) {
    for (const size of [WIDE, PHONE]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await page.screenshot({ path: `${PICTURES}/${name}-${colorScheme}-${size.width}.png` });
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize(WIDE);
}

const enrolled = (page) => enrol(page, (name) => look(page, name));

test(
  "a second factor is set up with an app, asked for at sign-in, and removed",
  stage.as("demo-leader", {}, async ({ page }) => {
    const { secret, codes, used } = await enrolled(page);
    await look(page, "me");
    await asPerson(stage, null, async (guest) => {
      await firstStep(guest, "demo-leader");
      const field = guest.getByRole("textbox", { name: "动态口令" });
      assert.equal(await field.evaluate((one) => one === document.activeElement), true);
      assert.equal(await field.getAttribute("autocomplete"), "one-time-code");
      await look(guest, "second-step");
      await field.fill(used);
      await field.press("Enter");
      await guest.getByText("动态口令不正确或已使用过").waitFor();
      await field.fill(codes[0].toLowerCase());
      await field.press("Enter");
      await guest.getByRole("button", { name: "演示·分管领导的菜单" }).waitFor();
    });
    await open(page, "/me");
    await page.getByText("备用码剩余 9 个").waitFor();
    await page.getByRole("button", { name: "移除动态口令" }).click();
    const dialog = page.getByRole("dialog", { name: "移除动态口令" });
    // The code of half a minute ago was spent; the next one is good already.
    await dialog
      .getByRole("textbox", { name: "动态口令" })
      .fill(codeAt(secret, Date.now() + 30_000));
    await dialog.getByRole("button", { name: "移除", exact: true }).click();
    await page.getByText("未启用").waitFor();
  }),
);

test(
  "the security administrator resets the second factor of somebody who lost it",
  stage.as("demo-officer", {}, async ({ page }) => {
    await enrolled(page);
    await asPerson(stage, "demo-secadmin", async (admin) => {
      await open(admin, "/accounts?text=督办员");
      await admin
        .getByRole("button", { name: /^演示·督办员/u })
        .first()
        .click();
      await admin.getByRole("dialog", { name: "演示·督办员" }).waitFor();
      await look(admin, "account");
      await admin.getByRole("button", { name: "重置动态口令" }).click();
      await admin.getByText("动态口令已重置").waitFor();
    });
    await asPerson(stage, "demo-officer", async (back) => {
      await open(back, "/me");
      await back.getByRole("button", { name: "启用动态口令" }).waitFor();
    });
  }),
);
