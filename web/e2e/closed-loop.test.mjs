// The closed loop through the pages alone: hand out, accept, submit, return, complete, archive; decline and reassign;
// more time. Each by the person whose act it is.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violations } from "./lib/axe.mjs";
import { open, settled } from "./lib/browser.mjs";
import { asPerson, dayFrom } from "./lib/people.mjs";
import { openStage } from "./lib/stage.mjs";

const stage = openStage();
const LIAISON = "demo-liaison-xxb";
const dialog = (page) => page.locator("dialog[open]:not(.drawer)");
const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const dateOf = (page, code) => page.getByLabel(`${code} 的完成时限`, { exact: true });

/** Opens the dialog of an act, lets it be filled in, and sends it. */
async function act(page, name, done, fill = () => undefined) {
  await press(page, name);
  await dialog(page).waitFor();
  assert.deepEqual(await violations(page), [], `axe, dialog of ${name}`);
  await fill(dialog(page));
  await dialog(page).getByRole("button", { name, exact: true }).click();
  await dialog(page).waitFor({ state: "detached" });
  await page.getByText(done, { exact: true }).first().waitFor();
}

/** Puts a column of text into a field, as a spreadsheet would. */
function paste(field, text) {
  return field.evaluate((element, words) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", words);
    const options = { clipboardData, bubbles: true, cancelable: true };
    element.dispatchEvent(new ClipboardEvent("paste", options));
  }, text);
}

test(
  "36 tasks are handed out from one table, by the keyboard and from a spreadsheet",
  stage.as("demo-officer", {}, async ({ page }) => {
    const [end, other, past] = await Promise.all([200, 120, -30].map((one) => dayFrom(stage, one)));
    await open(page, "/plans/2025");
    await page.getByRole("link", { name: "交办 36 项任务" }).click();
    await page.waitForURL("**/plans/2025/hand-out");
    await settled(page);
    assert.equal(await page.locator("tbody tr").count(), 36);
    assert.deepEqual(await violations(page), [], "axe, empty table");

    await dateOf(page, "2025-01").fill(end);
    await dateOf(page, "2025-01").press("Control+d");
    await page.getByText("已填 35 项时限").waitFor();
    assert.equal(await dateOf(page, "2025-K10").inputValue(), end);
    await dateOf(page, "2025-01").press("Enter");
    assert.equal(
      await dateOf(page, "2025-02").evaluate((one) => one === document.activeElement),
      true,
    );

    await paste(dateOf(page, "2025-02"), `${other.replaceAll("-", "/")}\n尽快\n`);
    await page.getByText("第 2 行“尽快”不是日期，没有填入").waitFor();
    assert.equal(await dateOf(page, "2025-02").inputValue(), other);
    assert.equal(await dateOf(page, "2025-03").inputValue(), end);

    await dateOf(page, "2025-03").fill(past);
    await page.reload();
    await settled(page);
    assert.equal(await dateOf(page, "2025-03").inputValue(), past, "what was typed is kept");

    await press(page, "交办 36 项");
    await page.getByText("已交办 35 项").waitFor();
    await page.getByText("1 项没有交办，请按提示修改").waitFor();
    const refused = page.locator("tr[data-code='2025-03']");
    await refused.getByRole("alert").waitFor();
    assert.equal(await dateOf(page, "2025-03").inputValue(), past, "a refused row keeps its day");
    assert.deepEqual(await violations(page), [], "axe, with a refused row");

    await dateOf(page, "2025-03").fill(end);
    await press(page, "交办 1 项");
    await page.getByText("没有待交办的任务").waitFor();
    await open(page, "/plans/2025");
    assert.equal(await page.getByRole("link", { name: /交办 \d+ 项任务/ }).count(), 0);
  }),
);

test("a task goes from acceptance over a return to the archive, each act by whose it is", async () => {
  const mendBy = await dayFrom(stage, 5);
  const path = "/tasks/2025-17";
  const submit = (words) => async (page) => {
    await open(page, path);
    await act(page, "申请办结", "已申请办结，等待审核", (form) =>
      form.getByLabel("完成情况").fill(words),
    );
  };
  await asPerson(stage, LIAISON, async (page) => {
    await open(page, path);
    const rail = page.getByRole("region", { name: "闭环进度" });
    assert.match(await rail.locator("[aria-current=step]").innerText(), /签收/);
    await act(page, "签收", "已签收", async (form) => {
      assert.equal(await form.getByLabel("责任人").locator("option").count(), 2);
    });
    assert.match(await rail.locator("[aria-current=step]").innerText(), /承办[\s\S]*责任人/);
  });
  await asPerson(stage, LIAISON, submit("平台建成，两场对接活动已举办"));
  await asPerson(stage, "demo-leader", async (page) => {
    await open(page, path);
    await act(page, "退回", "已退回", async (form) => {
      await form.getByRole("button", { name: "退回", exact: true }).click();
      await form.getByText("请选择日期。").waitFor();
      await form.getByLabel("需要补正的内容").fill("请补充活动照片");
      await form.getByLabel("补正期限").fill(mendBy);
    });
    await page.getByText(/^审核退回，请在/).waitFor();
    await page.getByText("请补充活动照片").first().waitFor();
  });
  await asPerson(stage, LIAISON, submit("照片已补充"));
  await asPerson(stage, "demo-leader", async (page) => {
    await open(page, path);
    await act(page, "办结", "已办结", async (form) => {
      await form.getByText("照片已补充").waitFor();
      await form.getByText("良好").click();
      await form.getByLabel("评定理由").fill("完成质量较好");
    });
  });
  await asPerson(stage, "demo-officer", async (page) => {
    await open(page, path);
    await act(page, "归档", "已归档", (form) => form.getByLabel("归档号").fill("2025-督-017"));
    const history = page.getByRole("region", { name: "办理记录" });
    const acts = await history.locator("li .font-medium").allInnerTexts();
    assert.deepEqual(acts, ["归档", "办结", "申请办结", "退回", "申请办结", "签收", "交办"]);
    const latest = await history.locator("li").first().innerText();
    assert.match(latest, /办结[\s\S]*→[\s\S]*归档[\s\S]*2025-督-017/);
    assert.deepEqual(await violations(page), [], "axe, archived task");
  });
});

test("a declined task goes to another department, which accepts it anew", async () => {
  const path = "/tasks/2025-09";
  await asPerson(stage, LIAISON, async (page) => {
    await open(page, path);
    await act(page, "退回改派", "已退回，等待改派", async (form) => {
      await form.getByRole("button", { name: "退回改派", exact: true }).click();
      await form.getByRole("alert").waitFor();
      await form.getByLabel("退回理由").fill("职责不在本部门");
    });
  });
  await asPerson(stage, "demo-officer", async (page) => {
    await open(page, path);
    await act(page, "改派", "已改派", async (form) => {
      await form.getByLabel("新的牵头部门").fill("科普部");
      await form.getByRole("option").first().click();
      await form.getByLabel("改派理由").fill("按职责改派");
    });
    await page
      .getByRole("link", { name: "科学技术普及部" })
      .or(page.getByText("科普部"))
      .first()
      .waitFor();
  });
  await asPerson(stage, "demo-liaison-kpb", async (page) => {
    await open(page, path);
    await act(page, "签收", "已签收");
  });
});

test("more time is asked for and granted; the original deadline stays beside the new one", async () => {
  const path = "/tasks/2025-11";
  const later = await dayFrom(stage, 260);
  await asPerson(stage, LIAISON, async (page) => {
    await open(page, path);
    await act(page, "签收", "已签收");
    await act(page, "申请延期", "延期申请已提交", async (form) => {
      await form.getByLabel("延期理由").fill("合作方档期调整");
      await form.getByLabel("延期至").fill(later);
    });
    await page.getByText(/申请延期：/).waitFor();
    assert.equal(await page.getByRole("button", { name: "审批延期" }).count(), 0);
  });
  await asPerson(stage, "demo-leader", async (page) => {
    await open(page, path);
    await act(page, "审批延期", "已审批");
    await page.getByText(/^原定 /).waitFor();
  });
});

test(
  "the board moves a card by its menu and by dragging, and says why where it cannot",
  stage.as(LIAISON, {}, async ({ page }) => {
    await open(page, "/tasks?layout=board&department=XXB&role=LEAD");
    const card = (code) => page.locator(`[data-code="${code}"]`);
    const column = (name) => page.locator(`[data-column=${name}]`);
    await column("accept").locator("[data-code]").first().waitFor();
    assert.deepEqual(await violations(page), [], "axe, board");

    await card("2025-11").dragTo(column("complete"));
    await page
      .locator("[role=status]", { hasText: /状态|权限/ })
      .first()
      .waitFor();
    const code = await column("accept").locator("[data-code]").first().getAttribute("data-code");
    await card(code).dragTo(column("work"));
    await dialog(page).waitFor();
    await dialog(page).getByRole("button", { name: "签收", exact: true }).click();
    await dialog(page).waitFor({ state: "detached" });
    await column("work").locator(`[data-code="${code}"]`).waitFor();

    const next = await column("accept").locator("[data-code]").first().getAttribute("data-code");
    await page.getByRole("button", { name: `办理 ${next}`, exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menu").waitFor();
    assert.deepEqual(await violations(page), [], "axe, menu of a card");
    await page.keyboard.press("Enter");
    await dialog(page).getByText("指定责任人和替补").waitFor();
    await page.keyboard.press("Escape");
    await dialog(page).waitFor({ state: "detached" });
  }),
);

test(
  "the timeline draws every task with what it says in words, and the layout is in the address",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/tasks?department=XXB&role=LEAD");
    await page.getByText("时间轴").click();
    await page.waitForURL(/layout=timeline/);
    await settled(page);
    const bars = page.locator("[role=row] svg[role=img]:visible");
    await bars.first().waitFor();
    await page.waitForFunction(() => document.querySelector("svg[role=img] rect") !== null);
    const words = await bars.evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    assert.ok(words.length >= 8, `${words.length} bars`);
    assert.match(words.find((one) => one.startsWith("2025-11")) ?? "", /交办 · 时限 .* · 原定 /);
    assert.deepEqual(await violations(page), [], "axe, timeline");
    await page.reload();
    await settled(page);
    assert.match(page.url(), /layout=timeline/);
  }),
);
