// Every page, as people see it: light and dark, normal and large text, desk and phone. Nothing may stand in the
// way of those who see, hear or move differently (WCAG 2.0 to 2.2, A and AA), nothing may run over the edge.
import assert from "node:assert/strict";
import { test } from "node:test";
import { violationsInBothThemes } from "./axe.mjs";
import { open, PHONE, settled, WIDE } from "./browser.mjs";
import { SMALL_PLAN } from "./documents.mjs";
import { openStage } from "./stage.mjs";
import { pasteText } from "./wizard.mjs";

/** Address of each page, and the words of its heading. */
const PAGES = [
  { name: "overview", path: "/", heading: /驾驶舱|工作要点/ },
  { name: "list of plans", path: "/plans", heading: /工作要点/ },
  { name: "plan", path: "/plans/2025", heading: /工作要点/ },
  { name: "plan, plain text", path: "/plans/2025?view=plain", heading: /工作要点/ },
  { name: "import", path: "/plans/import", heading: /导入/ },
  { name: "draft, review", path: "/plans/2026/draft?step=review", heading: /澜川/ },
  { name: "draft, check", path: "/plans/2026/draft?step=check", heading: /澜川/ },
  { name: "draft, issue", path: "/plans/2026/draft?step=issue", heading: /澜川/ },
  { name: "tasks", path: "/tasks", heading: /任务/ },
  { name: "tasks, grouped", path: "/tasks?group=section&kind=WORK_POINT", heading: /任务/ },
  { name: "tasks, board", path: "/tasks?layout=board", heading: /任务/ },
  { name: "tasks, timeline", path: "/tasks?layout=timeline", heading: /任务/ },
  { name: "hand-out", path: "/plans/2025/hand-out", heading: /交办任务/ },
  { name: "task", path: "/tasks/2025-16", heading: /科普阵地/ },
  { name: "metrics", path: "/metrics", heading: /指标/ },
  { name: "metric", path: "/metrics/2025-19-M2", heading: /科普专家服务团/ },
  { name: "shares", path: "/metrics/2025-19-M2/allocation", heading: /分解/ },
  { name: "matrix", path: "/matrix", heading: /指标矩阵/ },
  { name: "organisations", path: "/orgs", heading: /组织/ },
  { name: "items", path: "/items", heading: /其他事项/ },
  { name: "one organisation", path: "/orgs/410100", heading: /组织/ },
  { name: "rules of the lights", path: "/settings/light", heading: /亮灯规则/ },
  { name: "tasks by light", path: "/tasks?group=light&light=GREY,RED", heading: /任务/ },
  { name: "notices", path: "/notices", heading: /督办单/ },
  { name: "issuing notices", path: "/notices/new", heading: /制发督办单/ },
  { name: "notifications", path: "/notifications", heading: /通知/ },
  { name: "API explorer", path: "/graphiql", heading: /接口试验台/ },
  { name: "settings", path: "/me", heading: /个人设置/ },
  { name: "help", path: "/help", heading: /帮助/ },
  { name: "page that does not exist", path: "/no-such-page", heading: /没有这一页/ },
];

/** Pages that officers do not have, or not in this form. */
const OF_OTHERS = [
  { account: "demo-leader", paths: ["/", "/review"] },
  { account: "demo-liaison-xxb", paths: ["/report", "/tasks/2025-09"] },
  { account: "demo-city-zhengzhou", paths: ["/sheets"] },
  { account: "demo-sysadmin", paths: ["/accounts", "/settings/mails", "/integrations"] },
  {
    account: "demo-secadmin",
    paths: ["/accounts", "/integrations?tab=examples", "/integrations?tab=webhooks"],
  },
];

export const DESK = { name: "desk", options: { viewport: WIDE }, widths: [WIDE.width] };
export const HAND = {
  name: "phone",
  options: { viewport: PHONE, isMobile: true, hasTouch: true },
  widths: [PHONE.width, 320],
};
const SIZES = [
  { name: "normal text", preferences: { theme: "system" } },
  { name: "large text", preferences: { theme: "system", isLargeText: true } },
];

/** Examines every page on a device, in both themes and both sizes of text. */
export function examineEveryPage(device) {
  const stage = openStage();
  for (const size of SIZES) {
    const options = { ...device.options, preferences: size.preferences };
    const look = `${device.name}, ${size.name}`;
    test(
      `sign-in page: ${look}`,
      stage.as(null, options, async ({ page }) => {
        await open(page, "/sign-in");
        await examine(page, device);
      }),
    );
    test(
      `page without permission: ${look}`,
      stage.as("demo-sysadmin", options, async ({ page }) => {
        await open(page, "/plans");
        await page.getByText("您没有查看此内容的权限").waitFor();
        await examine(page, device);
      }),
    );
    test(
      `pages of an auditor: ${look}`,
      stage.as("demo-auditor", options, async ({ page }) => {
        await open(page, "/audit");
        await page.getByText("审计链").first().waitFor();
        await examine(page, device);
        await page.getByRole("table", { name: "审计事件" }).getByRole("button").first().click();
        await page.locator("dialog").waitFor();
        await examine(page, device);
      }),
    );
    for (const { account, paths } of OF_OTHERS) {
      test(
        `pages of ${account}: ${look}`,
        stage.as(account, options, async ({ page, test }) => {
          for (const path of paths) {
            await test.test(path, async () => {
              await open(page, path);
              await examine(page, device);
            });
          }
        }),
      );
    }
    test(
      `pages of an officer: ${look}`,
      stage.as("demo-officer", options, async ({ page, test }) => {
        await pasteText(page, SMALL_PLAN);
        for (const { name, path, heading } of PAGES) {
          await test.test(name, async () => {
            await open(page, path);
            assert.match(await page.title(), /\S/, "the page has no title");
            assert.match(await page.locator("h1").innerText(), heading);
            await examine(page, device);
          });
        }
      }),
    );
  }
}

/** Holds a page against WCAG in both themes, and on a phone against its edges. */
export async function examine(page, device) {
  assert.deepEqual(await violationsInBothThemes(page), [], "axe");
  for (const width of device.widths) {
    await page.setViewportSize({ ...page.viewportSize(), width });
    await settled(page);
    assert.deepEqual(await runsOver(page), [], `runs over the edge at ${width} px`);
  }
  await page.setViewportSize(device.options.viewport);
}

/** Elements that make the page scroll sideways, the innermost only. */
function runsOver(page) {
  return page.evaluate(() => {
    const edge = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= edge && document.body.scrollWidth <= edge)
      return [];
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > edge + 0.5)
      .filter(
        (element) =>
          ![...element.children].some((one) => one.getBoundingClientRect().right > edge + 0.5),
      )
      .slice(0, 5)
      .map(
        (element) =>
          `${element.tagName} ${element.className} “${element.textContent.slice(0, 40)}”`,
      );
  });
}
