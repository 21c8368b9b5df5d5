// A leader with a phone: what is red and why stands on the overview, and what waits is decided there, in two taps.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { open } from "./lib/browser.mjs";
import { examine, HAND } from "./lib/every-page.mjs";
import { beginTasks } from "./lib/month.mjs";
import { openStage } from "./lib/stage.mjs";

const [DONE, LATER, EARLY] = ["2025-17", "2025-11", "2025-23"];
const stage = openStage(async (server) => {
  await beginTasks(server);
  const liaison = await caller(server, "demo-liaison-xxb");
  const ask = async (name, code, given) => {
    const { task } = await liaison.ask("query($id: ID!) { task(id: $id) { version } }", {
      id: code,
    });
    const input = { taskId: code, expectedVersion: task.version, ...given };
    const done = await liaison.change(name, input, "task { id }");
    assert.deepEqual(done.userErrors, [], `${name} ${code}`);
  };
  await ask("submitCompletion", DONE, { reason: "平台建成，两场对接活动已举办" });
  await ask("requestExtension", LATER, { to: "2028-01-31", reason: "合作方档期调整" });
  await ask("requestExtension", EARLY, { to: "2028-06-30", reason: "人手不足" });
});
const waiting = (page) => page.getByRole("region", { name: "待我审批" });

test(
  "completions and requests for more time are decided on the overview, each in two taps at most",
  stage.as("demo-leader", HAND.options, async ({ page }) => {
    await open(page, "/");
    const items = waiting(page)
      .getByRole("listitem")
      .filter({ has: page.getByRole("article") });
    const of = (code) => items.filter({ has: page.getByText(code, { exact: true }) });
    assert.equal(await items.count(), 3);
    await examine(page, HAND);

    const done = of(DONE);
    await done.getByText("平台建成，两场对接活动已举办").waitFor();
    await done.getByRole("button", { name: "办结", exact: true }).tap();
    await examine(page, HAND);
    await done.getByRole("button", { name: "确认办结" }).tap();
    await done.waitFor({ state: "detached" });

    const later = of(LATER);
    await later.getByText(/申请延至 2028年1月31日/).waitFor();
    await later.getByRole("button", { name: "同意延期", exact: true }).tap();
    await later.waitFor({ state: "detached" });

    const early = of(EARLY);
    await early.getByRole("button", { name: "不同意", exact: true }).tap();
    await early.getByRole("button", { name: "请按原时限完成。" }).tap();
    await early.getByRole("button", { name: "确认不同意" }).tap();
    await page.getByText("没有等待您审批的办结和延期申请。").waitFor();

    const leader = await caller(stage.server, "demo-leader");
    const found = await leader.ask(`{
      done: task(id: "${DONE}") { state life { grade } }
      later: task(id: "${LATER}") { deadline }
      early: task(id: "${EARLY}") { deadline } }`);
    assert.deepEqual(found.done, { state: "COMPLETED", life: { grade: "GOOD" } });
    assert.equal(found.later.deadline, "2028-01-31");
    assert.equal(found.early.deadline, "2027-12-31");
  }),
);

test(
  "whoever decides nothing is shown no approvals",
  stage.as("demo-liaison-xxb", HAND.options, async ({ page }) => {
    await open(page, "/");
    await page.getByRole("region", { name: "需要关注" }).waitFor();
    assert.equal(await waiting(page).count(), 0);
  }),
);
