// A real browser in front of the server under test, with an ear for everything that must not happen.
import { chromium } from "playwright-core";

/** Everybody knows it: `seeds/demo`. */
export const PASSWORD = "yanshi-duban-2025";
export const WIDE = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** Without these, Chromium calls home at every start. */
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-dev-shm-usage",
  "--force-color-profile=srgb",
];

/** The browser of one test file. */
export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM_PATH, args: ARGS });
}

/**
 * A person with a browser window: `page`, and `faults`, the list of what went wrong there. Signed in
 * as `account`, or nobody when null.
 */
export async function visit(browser, server, account, options = {}) {
  const { preferences, ...rest } = options;
  const context = await browser.newContext({
    baseURL: server.url,
    viewport: WIDE,
    locale: "zh-CN",
    timezoneId: "Asia/Shanghai",
    reducedMotion: "reduce",
    ...rest,
  });
  // Long enough for two cores that build beside it; a test that passes never waits for it.
  context.setDefaultTimeout(30_000);
  if (preferences !== undefined) {
    const saved = JSON.stringify(preferences);
    await context.addInitScript((text) => {
      if (localStorage.getItem("duban.preferences") === null) {
        localStorage.setItem("duban.preferences", text);
      }
    }, saved);
  }
  if (account !== null) await signIn(context, server, account);
  const page = await context.newPage();
  countRequests(page);
  const faults = listen(page, server);
  return { context, page, faults };
}

/** Signs in as the page would, so that its cookie is there when the first page asks. */
async function signIn(context, server, account) {
  const response = await context.request.post("/graphql", {
    headers: { origin: server.url },
    data: {
      query: "mutation($input: SignInInput!) { signIn(input: $input) { userErrors { message } } }",
      variables: { input: { account, password: PASSWORD } },
    },
  });
  const { data } = await response.json();
  const refusal = data?.signIn.userErrors[0];
  if (data == null || refusal !== undefined) {
    throw new Error(`${account} cannot sign in: ${refusal?.message ?? response.status()}`);
  }
}

/** Collects console errors (violations of the CSP are such), uncaught ones, and requests that failed. */
function listen(page, server) {
  const faults = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      faults.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.on("pageerror", (error) => faults.push(`uncaught: ${error.stack ?? error.message}`));
  page.on("requestfailed", (request) => {
    // A page that is left takes its open requests along.
    if (request.failure()?.errorText === "net::ERR_ABORTED") return;
    faults.push(`request failed: ${request.url()} ${request.failure()?.errorText}`);
  });
  page.on("response", async (response) => {
    if (response.status() >= 400) faults.push(`HTTP ${response.status()}: ${response.url()}`);
    if (!response.url().startsWith(server.url)) faults.push(`foreign host: ${response.url()}`);
    if (!response.url().endsWith("/graphql")) return;
    const answer = await response.json().catch(() => null);
    for (const error of answer?.errors ?? []) {
      faults.push(`GraphQL: ${error.message} ${JSON.stringify(error.path ?? null)}`);
    }
  });
  return faults;
}

/** Requests under way, by page. */
const underWay = new WeakMap();

function countRequests(page) {
  const requests = new Set();
  underWay.set(page, requests);
  page.on("request", (request) => requests.add(request));
  page.on("requestfinished", (request) => requests.delete(request));
  page.on("requestfailed", (request) => requests.delete(request));
}

/** How long nothing may be under way until a page counts as settled. */
const QUIET_MS = 120;

/** Waits until the page has drawn its data: no skeleton, nothing busy, no request under way. */
export async function settled(page) {
  await page.waitForLoadState("load");
  for (let quiet = 0; quiet < QUIET_MS; ) {
    await page.waitForFunction(
      () =>
        document.querySelector("h1") !== null &&
        document.querySelector(".skeleton, [aria-busy=true]") === null,
    );
    await page.waitForTimeout(20);
    quiet = (underWay.get(page)?.size ?? 0) === 0 ? quiet + 20 : 0;
  }
}

/** Opens an address and waits for its data. */
export async function open(page, path) {
  await page.goto(path);
  await settled(page);
}

/** Where the page is, without the host. */
export function place(page) {
  const { pathname, search, hash } = new URL(page.url());
  return decodeURIComponent(pathname + search + hash);
}
