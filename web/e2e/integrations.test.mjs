// Access of programs: a service account, its token, calls with it, and its end.
import assert from "node:assert/strict";
import { test } from "node:test";
import { caller } from "./lib/api.mjs";
import { violations } from "./lib/axe.mjs";
import { open, place, settled } from "./lib/browser.mjs";
import { DESK, examine, HAND } from "./lib/every-page.mjs";
import { asPerson } from "./lib/people.mjs";
import { openStage } from "./lib/stage.mjs";
import { chineseOnScreen } from "./lib/words.mjs";

const stage = openStage();
const WHO = "{ viewer { account { login } permissions } }";

/** Calls the API as a program does; the status, and what was answered. */
async function call(token, body) {
  const response = await fetch(`${stage.server.url}/graphql`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, ...(await response.json()) };
}

/** A service account with the role of a city's reporter, made over the API. */
async function serviceAccount(login, displayName) {
  const maker = await caller(stage.server, "demo-sysadmin");
  const input = { login, displayName, departmentId: "410300" };
  const made = await maker.change("createServiceAccount", input, "account { id }");
  assert.deepEqual(made.userErrors, []);
  const security = await caller(stage.server, "demo-secadmin");
  const accountId = made.account.id;
  const role = {
    accountId,
    role: "MUNICIPAL_REPORTER",
    departmentId: "410300",
    reach: "SUBTREE",
  };
  assert.deepEqual((await security.change("grantRole", role, "account { id }")).userErrors, []);
  const issue = async (given) => {
    const input = { accountId, scopes: ["READ"], ...given };
    const made = await security.change("issueApiToken", input, "secret apiToken { id }");
    assert.deepEqual(made.userErrors, []);
    return { id: made.apiToken.id, secret: made.secret };
  };
  return { issue, security };
}

/** The row of the table of tokens that says so. */
const rowOf = (page, name) => page.getByRole("row").filter({ hasText: name });

test(
  "a service account is made, given a role and a token; the token is used, and revoked",
  stage.as("demo-sysadmin", {}, async ({ page }) => {
    await open(page, "/integrations");
    await page.getByText("还没有服务账号").waitFor();
    await page.getByRole("button", { name: "新建服务账号" }).click();
    const dialog = page.getByRole("dialog", { name: "新建服务账号" });
    await dialog.getByLabel("名称").fill("洛阳填报平台");
    await dialog.getByLabel("账号名").fill("luo yang");
    const unit = dialog.getByRole("combobox", { name: "所属单位" });
    await unit.fill("410300");
    await page.getByRole("option").first().waitFor();
    await unit.press("Enter");
    await dialog.getByRole("button", { name: "新建", exact: true }).click();
    await dialog.getByRole("alert").waitFor();
    assert.equal(await dialog.getByLabel("名称").inputValue(), "洛阳填报平台", "nothing is lost");
    assert.deepEqual(await violations(page), []);
    await dialog.getByLabel("账号名").fill("luoyang-platform");
    await dialog.getByRole("button", { name: "新建", exact: true }).click();
    await page.getByRole("heading", { name: "洛阳填报平台" }).waitFor();
    assert.equal(place(page), "/integrations?account=luoyang-platform");
    await page.getByText("令牌由安全管理员签发和吊销").waitFor();
    assert.equal(await page.getByRole("button", { name: "签发令牌" }).count(), 0);
    assert.equal(await page.getByRole("button", { name: "重置密码" }).count(), 0);

    await asPerson(stage, "demo-secadmin", async (admin) => {
      await open(admin, "/integrations");
      await admin.getByRole("link", { name: "洛阳填报平台" }).click();
      await admin.getByText("账号还没有角色").waitFor();
      await admin.getByRole("button", { name: "授权", exact: true }).click();
      const grant = admin.getByRole("dialog", { name: "为 洛阳填报平台 授权" });
      await grant.getByLabel("角色").selectOption("MUNICIPAL_REPORTER");
      await grant.getByRole("radio", { name: "本单位及下级" }).check({ force: true });
      await grant.getByRole("button", { name: "授予" }).click();
      await admin.getByText("账号还没有角色").waitFor({ state: "detached" });
      const secret = await issueByHand(admin);
      await useAndRevoke(admin, secret);
    });
  }),
);

/** Issues a token on the page, each mistake told at its field; the token. */
async function issueByHand(page) {
  await page.getByRole("button", { name: "签发令牌" }).click();
  const dialog = page.getByRole("dialog", { name: "为 洛阳填报平台 签发令牌" });
  await dialog.getByLabel("用途").fill("月报程序");
  await dialog.getByRole("checkbox", { name: "填报数据" }).check();
  const send = dialog.getByRole("button", { name: "签发", exact: true });
  for (const [label, wrong, told, right] of [
    ["限定指标", "2025-99-M9", "有的指标不存在", "2025-19-M2"],
    ["有效天数", "366", "到期日须在今天之后", "14"],
    ["使用地址", "10.1.2", "“10.1.2”不是 IP 地址或网段", "127.0.0.0/8\n::1"],
  ]) {
    const field = dialog.getByLabel(label);
    await field.fill(wrong);
    await send.click();
    await dialog.getByText(told).waitFor();
    assert.equal(await field.getAttribute("aria-invalid"), "true", label);
    assert.equal(await dialog.getByLabel("用途").inputValue(), "月报程序", "nothing is lost");
    await field.fill(right);
  }
  await dialog.getByLabel("有效天数").fill("一年");
  await dialog.getByText("请填写 1 以上的整数").waitFor();
  assert.equal(await send.isDisabled(), true);
  await dialog.getByLabel("有效天数").fill("14");
  await send.click();

  const shown = page.getByRole("dialog", { name: "令牌“月报程序”已签发" });
  await shown.getByText("令牌只显示这一次").waitFor();
  const secret = await shown.locator("code.select-all").textContent();
  assert.match(secret, /^dbn_d_\w{8}_\w{49}$/u);
  const example = await shown.getByRole("region", { name: /用它试一次调用/u }).textContent();
  assert.match(example, new RegExp(`^curl '${stage.server.url}/graphql'`, "u"));
  assert.ok(example.includes(`Bearer ${secret}`));
  await examine(page, DESK);
  await page.keyboard.press("Escape");
  await shown.getByText("令牌还没有复制").waitFor();
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await shown.getByRole("button", { name: /^复制\s*令牌$/u }).click();
  await shown.getByText("已复制").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), secret);
  await shown
    .getByRole("button", { name: /已妥善保存|关闭/u })
    .last()
    .click();
  await shown.waitFor({ state: "detached" });
  assert.equal((await page.content()).includes(secret), false, "it is shown once");
  return secret;
}

/** Uses a token as a program does, then revokes it on the page. */
async function useAndRevoke(page, secret) {
  const row = rowOf(page, "月报程序");
  await row.getByText("还有 13 天").waitFor();
  const text = await row.innerText();
  for (const told of ["读取、填报数据", "限指标 2025-19-M2", "127.0.0.0/8", "从未使用", "有效"]) {
    assert.ok(text.includes(told), `${told} in ${text}`);
  }
  assert.ok(text.includes(secret.split("_")[2]), "its public part");
  const who = await call(secret, { query: WHO });
  assert.equal(who.data.viewer.account.login, "luoyang-platform");
  assert.ok(who.data.viewer.permissions.includes("measurement.record"));
  await examine(page, DESK);

  await row.getByRole("button", { name: /^吊销\s*月报程序$/u }).click();
  const dialog = page.getByRole("dialog", { name: "吊销令牌“月报程序”" });
  assert.deepEqual(await violations(page), []);
  await dialog.getByRole("button", { name: "确认吊销" }).click();
  await page.getByText("还没有令牌").waitFor();
  await page.locator("summary", { hasText: "已失效的令牌（1 个）" }).click();
  await page.getByText("已吊销", { exact: true }).waitFor();
  assert.equal((await call(secret, { query: WHO })).status, 401);
}

test(
  "the examples run as they stand on the page",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    const { issue } = await serviceAccount("example-runner", "示例程序");
    const { secret } = await issue({ name: "示例", scopes: ["READ", "MEASUREMENT_WRITE"] });
    await open(page, "/integrations");
    await page.getByRole("tab", { name: "调用示例" }).click();
    await page.getByRole("heading", { name: "我是谁" }).waitFor();
    assert.equal(place(page), "/integrations?tab=examples");
    const snippets = await page.getByRole("region", { name: /（curl）$/u }).allTextContents();
    assert.equal(snippets.length, 7);
    let cursor;
    for (const snippet of snippets) {
      assert.ok(snippet.includes(`'${stage.server.url}/graphql'`), snippet);
      const body = JSON.parse(/ -d '([^']*)'$/u.exec(snippet)[1]);
      // A stream has no end to wait for; that it is valid is the unit test's.
      if (body.query.startsWith("subscription")) continue;
      // The cursor is the reader's own.
      if (body.variables?.after) body.variables.after = cursor;
      const answer = await call(secret, body);
      assert.deepEqual([answer.status, answer.errors], [200, undefined], snippet);
      cursor = answer.data.latestChangeCursor ?? cursor;
    }
    await page.getByRole("radio", { name: "Python" }).check({ force: true });
    await page.waitForURL(/language=python/u);
    await page.reload();
    await page.getByText("urllib.request").first().waitFor();
    await page.getByRole("tab", { name: "调用示例" }).press("Home");
    await page.getByRole("link", { name: "示例程序" }).waitFor();
    assert.equal(place(page), "/integrations");
    await page.goBack();
    await page.getByText("urllib.request").first().waitFor();
  }),
);

test(
  "a token is replaced, and the old one says when it ends",
  stage.as("demo-secadmin", {}, async ({ page }) => {
    const { issue } = await serviceAccount("to-renew", "换新平台");
    await issue({ name: "旧程序", addresses: ["10.20.0.0/16"] });
    await open(page, "/integrations?account=to-renew");
    await rowOf(page, "旧程序")
      .getByRole("button", { name: /^更换\s*旧程序$/u })
      .click();
    const dialog = page.getByRole("dialog", { name: "为 换新平台 签发令牌" });
    assert.equal(await dialog.getByLabel("使用地址").inputValue(), "10.20.0.0/16");
    await dialog.getByLabel("用途").fill("新程序");
    await dialog.getByRole("button", { name: "签发", exact: true }).click();
    const shown = page.getByRole("dialog", { name: "令牌“新程序”已签发" });
    const leave = shown.getByRole("button", { name: "已妥善保存" });
    await leave.click();
    await shown.getByRole("button", { name: "关闭" }).last().click();
    await rowOf(page, "旧程序").getByText("已更换", { exact: true }).waitFor();
    await rowOf(page, "新程序").getByText("有效", { exact: true }).waitFor();
    await open(page, "/integrations");
    const row = page.getByRole("row").filter({ hasText: "换新平台" });
    await row.getByText("1 个将到期").waitFor();
  }),
);

for (const device of [DESK, HAND]) {
  test(
    `every view stands the tests of all pages: ${device.name}`,
    stage.as(
      "demo-secadmin",
      { ...device.options, preferences: { theme: "system" } },
      async ({ page }) => {
        const login = `look-${device.name}`;
        const { issue, security } = await serviceAccount(login, "外观平台");
        const metrics = ["2025-19-M1", "2025-19-M2"];
        const scopes = ["READ", "MEASUREMENT_WRITE", "REPORT_WRITE"];
        await issue({ name: "月报程序", scopes, metrics, addresses: ["10.20.0.0/16"] });
        const gone = await issue({ name: "旧程序" });
        await security.change("revokeApiToken", { tokenId: gone.id }, "apiToken { id }");
        await open(page, "/integrations");
        await examine(page, device);
        await page.getByRole("link", { name: "外观平台" }).first().click();
        await page.locator("summary").click();
        await settled(page);
        await examine(page, device);
        await page.getByRole("button", { name: "签发令牌" }).click();
        await page.getByRole("checkbox", { name: "填报数据" }).check();
        await examine(page, device);
        await open(page, "/integrations?tab=examples");
        await examine(page, device);
        await open(page, "/integrations?account=nobody");
        await page.getByText("没有这个服务账号").waitFor();
        await examine(page, device);
      },
    ),
  );
}

test(
  "the page is English where the reader is",
  stage.as(
    "demo-secadmin",
    { preferences: { theme: "light", locale: "en" }, locale: "en-US" },
    async ({ page }) => {
      const { issue } = await serviceAccount("in-english", "英文平台");
      await issue({ name: "report" });
      for (const path of ["", "?account=in-english", "?tab=examples"]) {
        await open(page, `/integrations${path}`);
        assert.deepEqual(await chineseOnScreen(page), [], path);
      }
    },
  ),
);

test(
  "nobody else finds the page",
  stage.as("demo-officer", {}, async ({ page }) => {
    await open(page, "/integrations");
    await page.getByText("您没有查看此内容的权限").waitFor();
    await page.getByRole("button", { name: "更多" }).first().click();
    assert.equal(await page.getByRole("menuitem", { name: "集成" }).count(), 0);
  }),
);
