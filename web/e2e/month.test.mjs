// A month of an office through the pages alone, from the document to the archive: issue, hand out, accept or decline,
// report, return, verify, more time, completion, archive. Every light and every reminder on the way is read.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { open, PASSWORD, PHONE, settled } from "./lib/browser.mjs";
import { hears, lightOf, openOffice, ownPostgres } from "./lib/office.mjs";
import { pasteText } from "./lib/wizard.mjs";

const OFFICER = "demo-officer";
const LEADER = "demo-leader";
const XXB = "demo-liaison-xxb";
const KPB = "demo-liaison-kpb";
const [FIRST, SECOND, THIRD] = ["2026-01", "2026-02", "2026-03"];

/** Three points, all of them led by one department at first. */
const PLAN = [
  "澜川科学服务联合会文件",
  "澜科联〔2026〕3号",
  "关于印发澜川科学服务联合会2026年工作要点的通知",
  "各部门、各直属单位：",
  "现将《澜川科学服务联合会2026年工作要点》印发给你们，请认真组织实施。",
  "澜川科学服务联合会2026年工作要点",
  "一、服务学术交流",
  "1. 办好学术年会。做好组织工作，确保会议成功。（责任部门：学会学术部）",
  "2. 加强学会联系。完善联系机制，定期走访。（责任部门：学会学术部）",
  "3. 编制年度报告。汇总情况，形成报告。（责任部门：学会学术部）",
  "澜川科学服务联合会办公室",
  "2026年3月16日",
].join("\n");

const press = (page, name) => page.getByRole("button", { name, exact: true }).first().click();
const dialogOf = (page) => page.locator("dialog[open]:not(.drawer)");
const cell = (page, row, name) => page.locator(`[data-cell="${row}.${name}"]`);

/** An act on the page of a task: opens its dialog, lets it be filled in, sends it. */
async function act(page, code, name, done, fill = () => undefined) {
  await open(page, `/tasks/${code}`);
  await press(page, name);
  await dialogOf(page).waitFor();
  await fill(dialogOf(page));
  await dialogOf(page).getByRole("button", { name, exact: true }).click();
  await dialogOf(page).waitFor({ state: "detached" });
  await page.getByText(done, { exact: true }).first().waitFor();
  await settled(page);
}

/** Chooses the first entry of a combobox that a text finds. */
async function choose(page, label, text) {
  const field = page.getByRole("combobox", { name: label });
  await field.fill(text);
  await page.getByRole("option").first().waitFor();
  await field.press("Enter");
}

/** Submits what is filled in on the sheet. */
async function submit(page, count) {
  await page.getByText("草稿已保存").waitFor();
  await press(page, "提交");
  await page
    .getByRole("dialog")
    .getByRole("button", { name: `报送 ${count} 项` })
    .click();
  await page.getByText("已报送，等待审核").waitFor();
}

/** Fills a row of the sheet in. */
async function fillRow(page, row, progress) {
  await cell(page, row, "selfAssessment").selectOption("ON_TRACK");
  await cell(page, row, "progress").fill(progress);
  await cell(page, row, "nextSteps").fill("按计划推进。");
}

async function month(office) {
  const { as, day } = office;
  const looks = async (code, expected) => {
    await as(OFFICER, async (page) => assert.match(await lightOf(page, code), expected));
  };
  const is = (account, patterns) => as(account, (page) => hears(page, ...patterns));

  // Tuesday 17 March: an administrator invites, another gives the role; the plan is issued and handed out.
  await day("2026-03-17");
  await invite(office, "李娜", "li-na");
  await as(OFFICER, async (page) => {
    await pasteText(page, PLAN);
    await page.waitForURL("**/plans/2026/draft?*");
    await settled(page);
    await press(page, "下一步：体检");
    await page.waitForURL(/step=check/);
    await settled(page);
    await press(page, "下一步：印发");
    await page.waitForURL(/step=issue/);
    await settled(page);
    await press(page, "确认印发");
    await page.waitForURL("**/plans/2026");
    assert.match(await lightOf(page, FIRST), /^未启动 尚未交办。$/);
    await open(page, "/plans/2026/hand-out");
    await page.getByLabel(`${FIRST} 的完成时限`, { exact: true }).fill("2026-04-30");
    await page.getByLabel(`${FIRST} 的完成时限`, { exact: true }).press("Control+d");
    await page.getByText("已填 2 项时限").waitFor();
    await press(page, "交办 3 项");
    await page.getByText("没有待交办的任务").waitFor();
    assert.match(await lightOf(page, FIRST), /^未启动 已交办，须在 2026年3月20日前签收。$/);
  });
  const handedOut = [THIRD, SECOND, FIRST].map(() => /已交办，请于3月20日前签收/);
  await is(XXB, handedOut);
  await is(KPB, []);

  // 18 March: one is accepted, one declined and given to others, one left lying.
  await day("2026-03-18");
  await as(XXB, async (page) => {
    await act(page, FIRST, "签收", "已签收", async (form) => {
      await form.getByLabel("替补").selectOption({ label: "李娜" });
    });
    assert.match(await lightOf(page, FIRST), /^正常 推进正常，距时限 2026年4月30日还有 43 天。$/);
    await act(page, SECOND, "退回改派", "已退回，等待改派", (form) =>
      form.getByLabel("退回理由").fill("属科普工作，建议由科普部牵头"),
    );
  });
  await is(OFFICER, [/2026-02.*被退回，请改派：属科普工作/]);
  await looks(SECOND, /^预警 牵头部门已退回，等待改派。$/);
  await as(OFFICER, (page) =>
    act(page, SECOND, "改派", "已改派", async (form) => {
      await form.getByLabel("新的牵头部门").fill("科普部");
      await form.getByRole("option").first().click();
      await form.getByLabel("改派理由").fill("改由科普部牵头");
    }),
  );
  await as(KPB, async (page) => {
    await hears(page, /2026-02.*已交办，请于3月23日前签收/);
    await act(page, SECOND, "签收", "已签收");
    assert.match(await lightOf(page, SECOND), /^正常 推进正常，距时限 2026年4月30日还有 43 天。$/);
  });

  // 19, 20 and 23 March: the third is pressed before its day, on it and after it.
  await day("2026-03-19");
  await is(XXB, [/2026-03.*待签收，3月20日到期/]);
  await day("2026-03-20");
  await is(XXB, [/2026-03.*待签收，今日到期/]);
  await looks(THIRD, /^未启动 已交办，须在 2026年3月20日前签收。$/);
  await day("2026-03-23");
  await looks(THIRD, /^预警 应在 2026年3月20日前签收，已超 3 天。$/);
  await as(XXB, async (page) => {
    await hears(page, /2026-03.*待签收，已过3月20日的期限/);
    await act(page, THIRD, "签收", "已签收");
    assert.match(await lightOf(page, THIRD), /^正常 推进正常，距时限 2026年4月30日还有 38 天。$/);
  });

  // 2 April: reports of March. One is returned, mended, and accepted with the other.
  await day("2026-04-02");
  await as(XXB, async (page) => {
    await open(page, "/report?period=2026-03");
    assert.equal(await page.locator("[data-sheet-row]").count(), 2, "one's own two tasks");
    await fillRow(page, 0, "年会方案已定。");
    await fillRow(page, 1, "资料收集过半。");
    await submit(page, 2);
  });
  await as(OFFICER, async (page) => {
    await open(page, "/review");
    await page.getByRole("list", { name: "待审核" }).getByText(FIRST).click();
    await page.keyboard.press("r");
    await page.getByLabel("需要修改什么").fill("请写明时间和规模");
    await page.getByLabel("修改期限").fill("2026-04-07");
    await press(page, "确认退回");
    await page.getByText("已退回").first().waitFor();
  });
  await as(XXB, async (page) => {
    await hears(
      page,
      /2026-01.*2026年3月的月报被退回，请于4月7日前修改后重新提交：请写明时间和规模/,
    );
    await open(page, "/report?period=2026-03");
    const returned = page.locator('[data-sheet-row="0"]');
    await returned.getByText(FIRST).waitFor();
    await returned.getByText("请写明时间和规模").waitFor();
    await page
      .getByLabel(`${FIRST} 进展情况 （请修改）`)
      .fill("年会定于五月中旬，约300人，方案已定。");
    await submit(page, 1);
  });
  await as(OFFICER, async (page) => {
    await open(page, "/review");
    await press(page, "全选报告");
    await page.getByRole("button", { name: /^通过所选/ }).click();
    await page.getByText("已通过 2 项").waitFor();
    await page.getByText("没有等待您审核的事项").waitFor();
  });

  // 9 April: the day before, the reports of March were due, and one is missing.
  await day("2026-04-09");
  await looks(FIRST, /^正常 推进正常，距时限 2026年4月30日还有 21 天。$/);
  await looks(SECOND, /^预警 缺报 1 期：2026-03。$/);
  await as(KPB, async (page) => {
    await hears(page, /2026-02.*2026年3月的月报未报，已过4月8日的期限/);
    await open(page, "/report?period=2026-03");
    await fillRow(page, 0, "联系机制已建立。");
    await page.getByText("草稿已保存").waitFor();
    await press(page, "提交");
    await page.getByText("已过截止日，首次报送的项目记为迟报。").waitFor();
    await page.getByRole("dialog").getByRole("button", { name: "报送 1 项" }).click();
    await page.getByText("已报送，等待审核").waitFor();
    assert.match(await lightOf(page, SECOND), /^正常 推进正常，距时限 2026年4月30日还有 21 天。$/);
  });
  await as(OFFICER, async (page) => {
    await open(page, "/review");
    await page.getByText("迟报").first().waitFor();
    await page.keyboard.press("a");
    await page.getByText("已通过").first().waitFor();
    await open(page, "/orgs/KPB");
    await page.getByRole("heading", { name: "月报报送情况" }).waitFor();
  });

  // 10 April: more time for the second; the original deadline stays beside the new one.
  await day("2026-04-10");
  await as(KPB, (page) =>
    act(page, SECOND, "申请延期", "延期申请已提交", async (form) => {
      await form.getByLabel("延期理由").fill("走访安排在五月");
      await form.getByLabel("延期至").fill("2026-06-30");
    }),
  );
  await as(LEADER, async (page) => {
    await hears(page, /2026-02.*申请延期，请审批/);
    await open(page, "/review?kind=EXTENSION");
    await page.getByText("走访安排在五月").waitFor();
    await press(page, "同意延期");
    await page.getByText("已同意延期").first().waitFor();
    await open(page, `/tasks/${SECOND}`);
    await page.getByText("原定 2026年4月30日").waitFor();
  });
  await is(KPB, [/2026-02.*的延期已批准，新的时限是2026年6月30日/]);
  await looks(SECOND, /^正常 推进正常，距时限 2026年6月30日还有 81 天。$/);

  // 16 April: two weeks before its day the third turns amber; done, returned, mended, graded, archived.
  await day("2026-04-16");
  await looks(THIRD, /^预警 距时限 2026年4月30日还有 14 天。$/);
  const done = (words) => (page) =>
    act(page, THIRD, "申请办结", "已申请办结，等待审核", (form) =>
      form.getByLabel("完成情况").fill(words),
    );
  await as(XXB, done("报告已编成"));
  await looks(THIRD, /^正常 2026年4月16日已申请办结，正在审核。$/);
  await as(LEADER, async (page) => {
    await hears(page, /2026-03.*申请办结，请审核：报告已编成/);
    await act(page, THIRD, "退回", "已退回", async (form) => {
      await form.getByLabel("需要补正的内容").fill("请附目录");
      await form.getByLabel("补正期限").fill("2026-04-20");
    });
  });
  await looks(THIRD, /^预警 办结申请被退回，须在 2026年4月20日前补正。/);
  await as(XXB, async (page) => {
    await hears(page, /2026-03.*被退回，请于4月20日前整改后重新提交：请附目录/);
    await done("目录已附")(page);
  });
  await as(LEADER, async (page) => {
    await hears(page, /2026-03.*申请办结，请审核：目录已附/);
    await act(page, THIRD, "办结", "已办结", async (form) => {
      await form.getByText("良好").click();
      await form.getByLabel("评定理由").fill("内容完整");
    });
  });
  await looks(THIRD, /^办结 已办结。$/);
  await is(XXB, [/2026-03.*已办结/]);

  // 20 April: the officer archives it.
  await day("2026-04-20");
  await as(OFFICER, async (page) => {
    await act(page, THIRD, "归档", "已归档", (form) =>
      form.getByLabel("归档号").fill("2026-督-003"),
    );
    assert.match(await lightOf(page, THIRD), /^办结 已办结。$/);
    const rail = page.getByRole("region", { name: "闭环进度" });
    assert.match(await rail.locator("ol > li").last().innerText(), /归档[\s\S]*用时 3 天/);
  });

  // 6 May: the first is past its day; a leader sees why on a phone, and completes it in two taps.
  await day("2026-05-06");
  await looks(FIRST, /^滞后 时限 2026年4月30日已过 6 天，尚未办结。$/);
  await is(XXB, [/2026-01.*未申请办结，已过4月30日的期限/]);
  await as(XXB, (page) =>
    act(page, FIRST, "申请办结", "已申请办结，等待审核", (form) =>
      form.getByLabel("完成情况").fill("年会已举办，320人参加"),
    ),
  );
  await looks(FIRST, /^滞后 申请办结时已超过时限（2026年4月30日）6 天。$/);
  await as(
    LEADER,
    async (page) => {
      await open(page, "/");
      const waiting = page.getByRole("region", { name: "待我审批" });
      await waiting.getByText("年会已举办，320人参加").waitFor();
      await waiting.getByRole("button", { name: "办结", exact: true }).tap();
      await waiting.getByRole("button", { name: "确认办结" }).tap();
      // The overview counts what is 已办结 as well; only the word at the bottom says that it is stored.
      await page.getByRole("status").getByText("已办结").waitFor();
    },
    { viewport: PHONE, isMobile: true, hasTouch: true },
  );
  await looks(FIRST, /^办结 已办结。$/);
  await as("demo-auditor", async (page) => {
    await open(page, "/audit?kind=Task");
    await page.getByText("审计链与库外签名一致").waitFor();
    const acts = await page.locator("main [data-row]").first().innerText();
    assert.match(acts, /演示·分管领导[\s\S]*办结/);
  });
}

/** A system administrator invites somebody, who sets a password; a security administrator gives the role. */
async function invite({ as }, name, login) {
  let link = "";
  await as("demo-sysadmin", async (page) => {
    await open(page, "/accounts");
    await press(page, "邀请人员");
    const dialog = page.getByRole("dialog", { name: "邀请人员" });
    await dialog.getByLabel("姓名").fill(name);
    await dialog.getByLabel("登录名").fill(login);
    await choose(page, "单位", "XXB");
    await dialog.getByRole("button", { name: "生成邀请" }).click();
    link = (await page.getByText(/\/invitation#/u).textContent()).trim();
  });
  await as(null, async (page) => {
    const { pathname, hash } = new URL(link);
    await open(page, `${pathname}${hash}`);
    await page.getByLabel(/^新密码/u).fill(PASSWORD);
    await page.getByLabel("再输一遍新密码").fill(PASSWORD);
    await press(page, "设置密码");
    await page.waitForURL("**/sign-in");
  });
  await as("demo-secadmin", async (page) => {
    await open(page, `/accounts?text=${encodeURIComponent(name)}`);
    await press(page, name);
    await press(page, "授权");
    await page.getByRole("dialog", { name: `为 ${name} 授权` }).waitFor();
    await page.getByRole("button", { name: "授予" }).click();
    await page.getByText("部门联络员").first().waitFor();
    await settled(page);
  });
}

test("a month goes from the document to the archive through the pages, on SQLite", async () => {
  const office = await openOffice();
  after(office.close);
  await month(office);
});

test("a month goes from the document to the archive through the pages, on PostgreSQL", {
  skip: process.env.DUBAN_TEST_POSTGRES_URL === undefined && "DUBAN_TEST_POSTGRES_URL is not set",
}, async () => {
  const database = await ownPostgres("month");
  const office = await openOffice(database.url);
  after(async () => {
    await office.close();
    await database.drop();
  });
  await month(office);
});
