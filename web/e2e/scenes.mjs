// What the screenshots show: an address, who looks at it, and what is done before the picture.
import { DRAFT_TEXT } from "./draft-text.mjs";
import {
  chosen,
  chosenLarge,
  halfTaken,
  openLarge,
  openSheet,
  TABLE,
  UNKNOWN,
} from "./sheet-table.mjs";

/** Opens a step of a draft; the first time the draft is made by pasting its text. */
const openDraft = (step) => async (page) => {
  await page.goto("/plans");
  const link = page.locator('main a[href$="/draft"]').first();
  await page.locator("main article").first().waitFor();
  if ((await link.count()) > 0) {
    await page.goto(`${await link.getAttribute("href")}?step=${step}`);
    return;
  }
  await page.goto("/plans/import");
  await page.getByText("粘贴文字").click();
  await page.locator("textarea").fill(DRAFT_TEXT);
  await page.locator("form [type=submit]").click();
  await page.waitForURL(/\/draft/);
  await page.goto(page.url().replace(/step=\w+/, `step=${step}`));
};

/** Answers that never come, so that the page shows its loading state. */
const neverAnswer = (page) =>
  page.route("**/graphql", (route) =>
    route.request().postData()?.includes("Session") ? route.continue() : undefined,
  );

/** Answers that fail, with the request id that the server would give. */
const answerBroken = (page) =>
  page.route("**/graphql", (route) => {
    if (route.request().postData()?.includes("Session")) return route.continue();
    return route.fulfill({
      status: 500,
      headers: { "x-request-id": "01JD7Q4Z8K3M" },
      contentType: "application/json",
      body: JSON.stringify({
        errors: [
          { message: "internal", extensions: { code: "INTERNAL", requestId: "01JD7Q4Z8K3M" } },
        ],
      }),
    });
  });

/** Presses a button and waits for what it opens. */
const pressed = async (page, name) => {
  await page.getByRole("button", { name }).first().click();
  await page.locator("dialog[open]").waitFor();
};

export const SCENES = [
  { name: "sign-in", path: "/sign-in", as: null, looks: ["wide-english", "wide-large"] },
  {
    name: "sign-in-refused",
    path: "/sign-in",
    as: null,
    act: async (page) => {
      await page.locator("input[name=account]").fill("nobody");
      await page.locator("input[name=password]").fill("wrong-password");
      await page.locator("form [type=submit]").click();
      await page.locator("form [role=alert]:not(:empty)").waitFor();
    },
  },
  {
    name: "overview",
    path: "/",
    looks: ["wide-large", "phone-large", "wide-english", "phone-english"],
  },
  { name: "overview-leader", path: "/", as: "demo-leader" },
  { name: "overview-loading", path: "/", before: neverAnswer, isUnsettled: true },
  { name: "overview-error", path: "/", before: answerBroken },
  { name: "forbidden", path: "/", as: "demo-sysadmin" },
  { name: "plans", path: "/plans" },
  {
    name: "plan",
    path: "/plans/2025",
    isPrinted: true,
    looks: ["wide-large", "phone-large", "wide-english"],
  },
  { name: "plan-top", path: "/plans/2025", isWhole: false },
  {
    name: "plan-joined",
    path: "/plans/2025#2025-16",
    isWhole: false,
    act: async (page) => {
      const note = page.locator("[data-plan-page] .plan-note").nth(12);
      await note.scrollIntoViewIfNeeded();
      await note.hover();
    },
  },
  {
    // docs/images/plan.png: a sentence and its metric lit together.
    name: "readme-plan",
    path: "/plans/2025",
    isWhole: false,
    act: async (page) => {
      const note = page.locator(".plan-note-metric", { hasText: "2025-13-M1" });
      await note.scrollIntoViewIfNeeded();
      await page.mouse.wheel(0, 205);
      await page.waitForTimeout(300);
      await note.hover();
    },
  },
  {
    name: "plan-findings",
    path: "/plans/2025",
    isWhole: false,
    act: async (page, look) => {
      if (look.isPhone === true)
        await page.locator("aside summary", { hasText: "文件体检" }).click();
      await page.locator("aside details details summary").first().click();
      await page.locator("aside details details summary").first().scrollIntoViewIfNeeded();
    },
  },
  { name: "plan-drawer", path: "/plans/2025?task=2025-16", isWhole: false },
  {
    name: "tasks",
    path: "/tasks",
    isPrinted: true,
    looks: ["wide-large", "phone-large", "wide-english"],
  },
  {
    name: "tasks-filters",
    path: "/tasks",
    onlyPhone: true,
    isWhole: false,
    act: (page) => page.locator("main button[aria-expanded]").click(),
  },
  { name: "tasks-error", path: "/tasks", before: answerBroken },
  { name: "tasks-loading", path: "/tasks", before: neverAnswer, isUnsettled: true },
  { name: "plan-loading", path: "/plans/2025", before: neverAnswer, isUnsettled: true },
  { name: "plan-absent", path: "/plans/1999" },
  { name: "task-absent", path: "/tasks/2025-99" },
  { name: "plan-plain", path: "/plans/2025?view=plain", isWhole: false },
  { name: "plan-find", path: "/plans/2025?find=%E7%A7%91%E6%99%AE", isWhole: false },
  { name: "light-rules", path: "/settings/light", looks: ["wide-large", "wide-english"] },
  { name: "light-rules-reader", path: "/settings/light", as: "demo-leader" },
  { name: "tasks-by-light", path: "/tasks?group=light" },
  { name: "plan-pressing", path: "/plans/2025?view=pressing", isWhole: false },
  { name: "tasks-grouped", path: "/tasks?group=section" },
  { name: "tasks-filtered", path: "/tasks?department=XXB&role=LEAD&metric=yes" },
  { name: "tasks-nothing", path: "/tasks?text=%E6%B2%A1%E6%9C%89%E8%BF%99%E9%A1%B9" },
  { name: "tasks-drawer", path: "/tasks?task=2025-16", isWhole: false },
  {
    name: "tasks-keyboard",
    path: "/tasks",
    isWhole: false,
    act: async (page) => {
      for (const key of ["j", "j", "j"]) await page.keyboard.press(key);
    },
  },
  {
    name: "tasks-board",
    path: "/tasks?layout=board",
    isPrinted: true,
    looks: ["wide-english", "wide-large"],
  },
  {
    name: "tasks-timeline",
    path: "/tasks?layout=timeline",
    isPrinted: true,
    looks: ["wide-english"],
  },
  { name: "hand-out", path: "/plans/2025/hand-out", looks: ["wide-large", "wide-english"] },
  { name: "task", path: "/tasks/2025-16", isPrinted: true, looks: ["wide-large", "wide-english"] },
  { name: "task-done", path: "/tasks/2025-K07" },
  { name: "task-pressed", path: "/tasks/2025-22" },
  { name: "task-bare", path: "/tasks/2025-01" },
  { name: "task-key", path: "/tasks/2025-K02" },
  { name: "task-liaison", path: "/tasks/2025-09", as: "demo-liaison-xxb" },
  { name: "items", path: "/items", looks: ["wide-english"] },
  {
    name: "items-new",
    path: "/items",
    isWhole: false,
    act: async (page) => {
      await page.getByRole("button", { name: "新增事项" }).click();
      await page.getByRole("dialog").waitFor();
    },
  },
  { name: "task-matters", path: "/tasks/2025-09", as: "demo-liaison-xxb" },
  { name: "tasks-city", path: "/tasks", as: "demo-city-zhengzhou" },
  { name: "metrics", path: "/metrics", looks: ["wide-large", "wide-english"] },
  {
    name: "metric",
    path: "/metrics/2025-19-M2",
    isPrinted: true,
    looks: ["wide-large", "wide-english", "phone-large"],
  },
  {
    name: "metric-tree",
    path: "/metrics/2025-19-M2",
    act: async (page) => {
      const tree = page.getByRole("list", { name: /汇总关系|How it adds up/u });
      await tree
        .getByRole("button", { name: /郑州市科协/u })
        .first()
        .click();
      await tree
        .getByRole("button", { name: /中原区/u })
        .first()
        .click();
    },
  },
  { name: "allocation", path: "/metrics/2025-19-M2/allocation", looks: ["wide-english"] },
  {
    name: "allocation-by-hand",
    path: "/metrics/2025-19-M2/allocation",
    act: async (page) => {
      await page.getByText(/^(逐个填写|By hand)$/u).click();
      await page.locator("[data-share]").first().fill("5");
      await page.locator("textarea").waitFor();
    },
  },
  { name: "matrix", path: "/matrix", isPrinted: true, looks: ["wide-large", "wide-english"] },
  { name: "matrix-year", path: "/matrix?span=toDate&all=yes" },
  { name: "matrix-quarter", path: "/matrix?period=2025Q2" },
  { name: "matrix-counties", path: "/matrix?units=counties", isWhole: false },
  { name: "matrix-loading", path: "/matrix", before: neverAnswer, isUnsettled: true },
  { name: "metric-shortfall", path: "/metrics/2025-16-M4" },
  { name: "metric-not-counted", path: "/metrics/2025-19-M1" },
  { name: "metric-unit", path: "/metrics/2025-19-M2?unit=410100" },
  { name: "metric-nothing", path: "/metrics/2025-99-M1" },
  { name: "metric-loading", path: "/metrics/2025-19-M2", before: neverAnswer, isUnsettled: true },
  { name: "metric-error", path: "/metrics/2025-19-M2", before: answerBroken },
  { name: "orgs-unit", path: "/orgs/410100" },
  { name: "orgs-department", path: "/orgs/XXB" },
  { name: "orgs", path: "/orgs", looks: ["wide-english"] },
  {
    name: "report",
    path: "/report",
    isPrinted: true,
    as: "demo-liaison-xxb",
    looks: ["wide-large", "phone-large", "wide-english"],
  },
  { name: "report-city", path: "/report", as: "demo-city-zhengzhou" },
  {
    name: "report-figures",
    path: "/report",
    as: "demo-liaison-xxb",
    isWhole: false,
    act: async (page) => {
      await page.locator('[data-figure="0.month"]').fill("5");
      await page.locator('[data-figure="0.month"]').scrollIntoViewIfNeeded();
    },
  },
  {
    name: "sheets",
    path: "/sheets",
    as: "demo-city-luoyang",
    looks: ["wide-large", "phone-english"],
  },
  {
    name: "sheets-checked",
    path: "/sheets",
    as: "demo-city-luoyang",
    isPrinted: true,
    looks: ["wide-large", "phone-large", "wide-english"],
    act: chosen("洛阳市2025年8月数据.csv", TABLE),
  },
  {
    name: "sheets-columns",
    path: "/sheets",
    as: "demo-city-luoyang",
    act: chosen("自己的表.csv", UNKNOWN),
  },
  {
    name: "sheets-taken",
    path: "/sheets",
    as: "demo-city-luoyang",
    isPrinted: true,
    looks: ["wide-english"],
    act: openSheet,
  },
  {
    name: "sheets-undo",
    path: "/sheets",
    as: "demo-city-luoyang",
    isWhole: false,
    act: async (page) => {
      await openSheet(page);
      await pressed(page, "撤回");
    },
  },
  {
    name: "sheets-receipt",
    path: "/sheets",
    as: "demo-city-luoyang",
    isWhole: false,
    act: (page) => pressed(page, "核验回执"),
  },
  {
    name: "sheets-large",
    path: "/sheets",
    as: "demo-city-luoyang",
    looks: ["wide-large", "phone-large", "wide-english"],
    act: chosenLarge,
  },
  {
    name: "sheets-import-half",
    path: "/sheets",
    as: "demo-city-luoyang",
    before: halfTaken,
    act: openLarge,
  },
  {
    name: "sheets-import",
    path: "/sheets",
    as: "demo-city-luoyang",
    isPrinted: true,
    looks: ["wide-large", "phone-large", "wide-english", "phone-english"],
    act: openLarge,
  },
  { name: "sheets-verifier", path: "/sheets", as: "demo-verifier" },
  {
    name: "sheets-loading",
    path: "/sheets",
    as: "demo-city-luoyang",
    before: neverAnswer,
    isUnsettled: true,
  },
  { name: "sheets-error", path: "/sheets", as: "demo-city-luoyang", before: answerBroken },
  { name: "review-figures", path: "/review?kind=FIGURE", looks: ["wide-large", "wide-english"] },
  { name: "review", path: "/review", isPrinted: true, looks: ["wide-large", "wide-english"] },
  { name: "review-leader", path: "/review", as: "demo-leader" },
  { name: "audit", path: "/audit", as: "demo-auditor", looks: ["wide-large", "wide-english"] },
  {
    name: "audit-event",
    path: "/audit?kind=Plan",
    as: "demo-auditor",
    isWhole: false,
    act: async (page) => {
      await page.getByRole("button", { name: "印发工作要点" }).first().click();
      await page.locator("dialog").waitFor();
    },
  },
  { name: "audit-nothing", path: "/audit?action=nothing.done", as: "demo-auditor" },
  { name: "import", path: "/plans/import", looks: ["wide-english"] },
  { name: "draft-review", path: "/plans", act: openDraft("review"), looks: ["wide-english"] },
  {
    name: "draft-items",
    path: "/plans",
    act: async (page) => {
      await openDraft("review&panel=items")(page);
      await page.locator("main [aria-expanded=false]").first().click();
    },
  },
  { name: "draft-head", path: "/plans", act: openDraft("review&panel=head") },
  { name: "draft-check", path: "/plans", act: openDraft("check") },
  { name: "draft-issue", path: "/plans", act: openDraft("issue") },
  {
    name: "draft-discard",
    path: "/plans",
    isWhole: false,
    act: async (page) => {
      await openDraft("review")(page);
      await page.getByRole("button", { name: "放弃" }).first().click();
    },
  },
  { name: "plans-with-draft", path: "/plans" },
  {
    name: "import-text",
    path: "/plans/import",
    act: (page) => page.getByText("粘贴文字").click(),
  },
  {
    name: "palette",
    path: "/",
    isWhole: false,
    act: async (page) => {
      await page.keyboard.press("Control+k");
      await page.locator("dialog input").fill("科普");
    },
  },
  {
    name: "menu",
    path: "/",
    isWhole: false,
    act: async (page) => {
      await page.getByRole("button", { name: /的菜单$/ }).click();
      await page.locator("header [role=menu]").waitFor();
    },
  },
  { name: "notices", path: "/notices", isPrinted: true, looks: ["wide-english"] },
  {
    name: "notice",
    path: "/notices",
    isPrinted: true,
    act: async (page) => {
      const link = page.locator("main a[href*='/notices/2']").last();
      if ((await link.count()) > 0) await link.click();
      await page.waitForLoadState("networkidle");
    },
  },
  { name: "notices-new", path: "/notices/new", looks: ["wide-english"] },
  { name: "notice-absent", path: "/notices/2025-99" },
  { name: "notifications", path: "/notifications", as: "demo-liaison-xxb" },
  { name: "notifications-none", path: "/notifications", looks: ["wide-english"] },
  { name: "accounts", path: "/accounts", as: "demo-sysadmin", looks: ["wide-english"] },
  {
    name: "account",
    path: "/accounts",
    as: "demo-secadmin",
    act: async (page) => {
      await page.locator("table button").first().click();
      await page.locator("dialog[open]").waitFor();
    },
  },
  {
    name: "account-grant",
    path: "/accounts",
    as: "demo-secadmin",
    act: async (page) => {
      await page.locator("table button").first().click();
      await page.locator("dialog[open] section header button").first().click();
      await page.locator("dialog[open] form").waitFor();
    },
  },
  {
    name: "account-invite",
    path: "/accounts",
    as: "demo-sysadmin",
    act: async (page) => {
      await page.locator("header button.control", { hasText: /邀请人员|Invite/u }).click();
      await page.locator("dialog[open] form").waitFor();
    },
  },
  { name: "integrations", path: "/integrations", as: "demo-sysadmin", looks: ["wide-english"] },
  {
    name: "integrations-examples",
    path: "/integrations?tab=examples",
    as: "demo-secadmin",
    isPrinted: true,
    looks: ["wide-english"],
  },
  { name: "invitation-used", path: `/invitation#${"A".repeat(43)}`, as: null },
  {
    name: "delegate",
    path: "/me",
    act: async (page) => {
      await page.getByRole("button", { name: /委托代理|^Delegate$/u }).click();
      await page.locator("dialog[open] form").waitFor();
    },
  },
  { name: "me", path: "/me", looks: ["wide-english"] },
  { name: "help", path: "/help", looks: ["wide-english"] },
  { name: "mails", path: "/settings/mails", as: "demo-sysadmin" },
  { name: "as-of-tasks", path: "/tasks?asOf=2025-06-15" },
  { name: "as-of-task", path: "/tasks/2025-22?asOf=2025-06-15" },
  {
    name: "as-of-dialog",
    path: "/tasks",
    isWhole: false,
    act: (page) => pressed(page, "按日期查看"),
  },
  {
    name: "task-override",
    path: "/tasks/2025-16",
    isWhole: false,
    act: (page) => pressed(page, "人工调整"),
  },
  {
    name: "task-amend",
    path: "/tasks/2025-16",
    isWhole: false,
    act: (page) => pressed(page, "提出变更"),
  },
  {
    name: "task-extension",
    path: "/tasks/2025-09",
    as: "demo-liaison-xxb",
    isWhole: false,
    act: (page) => pressed(page, "申请延期"),
  },
  {
    name: "task-exception",
    path: "/tasks/2025-09",
    as: "demo-liaison-xxb",
    isWhole: false,
    act: (page) => pressed(page, "申请例外"),
  },
  {
    name: "task-divide",
    path: "/tasks/2025-09",
    as: "demo-liaison-xxb",
    isWhole: false,
    act: (page) => pressed(page, "分解"),
  },
  {
    name: "review-return",
    path: "/review",
    act: async (page, look) => {
      if (look.isPhone === true) await page.locator("main li button").first().click();
      await page.getByRole("button", { name: /^退回/u }).click();
    },
  },
  {
    name: "notices-chosen",
    path: "/notices/new",
    act: (page) => page.locator("main input[type=checkbox]").first().check(),
  },
  { name: "not-found", path: "/no-such-page" },
];
