// Draws every page at both widths and in both themes for people to look at; `DUBAN_URL` is a server in demo mode.
import { execFile, execFileSync } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { SCENES } from "./scenes.mjs";

const BASE = process.env.DUBAN_URL ?? "http://127.0.0.1:8080";
const FOLDER = fileURLToPath(new URL("../screenshots", import.meta.url));
const PASSWORD = "yanshi-duban-2025";
/** Only scenes whose name matches, e.g. `SCENES='plan|tasks' LOOKS=wide-light`. */
const WANTED = new RegExp(process.env.SCENES ?? ".");
const LOOKS_WANTED = new RegExp(process.env.LOOKS ?? ".");
const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

const LOOKS = [
  { name: "wide-light", viewport: WIDE, preferences: { theme: "light" } },
  { name: "wide-dark", viewport: WIDE, preferences: { theme: "dark" } },
  { name: "phone-light", viewport: PHONE, preferences: { theme: "light" }, isPhone: true },
  { name: "phone-dark", viewport: PHONE, preferences: { theme: "dark" }, isPhone: true },
  { name: "wide-large", viewport: WIDE, preferences: { theme: "light", isLargeText: true } },
  {
    name: "phone-large",
    viewport: PHONE,
    preferences: { theme: "light", isLargeText: true },
    isPhone: true,
  },
  { name: "wide-english", viewport: WIDE, preferences: { theme: "light", locale: "en" } },
  {
    name: "phone-english",
    viewport: PHONE,
    preferences: { theme: "light", locale: "en" },
    isPhone: true,
  },
].filter((look) => LOOKS_WANTED.test(look.name));
/** Looks in which every scene is drawn; the others only where a scene asks for them. */
const ALWAYS = new Set(["wide-light", "wide-dark", "phone-light", "phone-dark"]);

function browserPath() {
  const script = fileURLToPath(new URL("../../scripts/ensure-browser.sh", import.meta.url));
  return execFileSync(script, { encoding: "utf8" }).trim();
}

/** A page of its own, signed in as the account (or nobody), in one look. */
async function open(browser, look, account) {
  const context = await browser.newContext({
    baseURL: BASE,
    viewport: look.viewport,
    locale: look.preferences.locale === "en" ? "en-US" : "zh-CN",
    timezoneId: "Asia/Shanghai",
    deviceScaleFactor: look.isPhone === true ? 2 : 1,
    hasTouch: look.isPhone === true,
    isMobile: look.isPhone === true,
    reducedMotion: "reduce",
  });
  const saved = JSON.stringify(look.preferences);
  await context.addInitScript((text) => localStorage.setItem("duban.preferences", text), saved);
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  if (account !== null) {
    await page.goto("/sign-in");
    await page.locator("input[name=account]").fill(account);
    await page.locator("input[name=password]").fill(PASSWORD);
    await page.locator("form [type=submit]").click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
  }
  return page;
}

/** Waits until nothing on the page is loading, then a little for fonts and layout. */
async function settle(page) {
  await page.waitForLoadState("networkidle");
  await page.waitForFunction(() => document.querySelector(".skeleton, .boot") === null);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(150);
}

/** Makes the window as high as the page, so that long lists are drawn to their end. */
async function grow(page, look) {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  if (height <= look.viewport.height) return;
  await page.setViewportSize({ ...look.viewport, height });
  await page.waitForTimeout(100);
}

async function draw(page, scene, look) {
  await page.unrouteAll();
  await scene.before?.(page);
  await page.goto(scene.path);
  if (scene.isUnsettled === true) await page.locator("main .skeleton").first().waitFor();
  else await settle(page);
  await scene.act?.(page, look);
  if (scene.isUnsettled !== true) await settle(page);
  if (scene.isWhole !== false) {
    await grow(page, look);
    // What is fetched when it comes into sight has now come into sight.
    if (scene.isUnsettled !== true) await settle(page);
  }
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  if (overflow > 0) console.warn(`${scene.name} ${look.name}: ${overflow} px too wide`);
  const path = `${FOLDER}/${scene.name}.${look.name}.png`;
  await page.screenshot({ path, animations: "disabled" });
  await page.setViewportSize(look.viewport);
  if (scene.isPrinted === true && look.name === "wide-light") await print(page, scene.name);
}

/** The page as it prints, one picture a sheet; needs pdftoppm (poppler-utils). */
async function print(page, name) {
  const pdf = `${FOLDER}/${name}.pdf`;
  await page.pdf({ path: pdf, preferCSSPageSize: true });
  await promisify(execFile)("pdftoppm", ["-r", "80", "-png", pdf, `${FOLDER}/${name}.print`]).catch(
    (error) => console.warn(`no pictures of ${name}.pdf: ${error.message}`),
  );
}

const browser = await chromium.launch({ executablePath: browserPath() });
if (process.env.SCENES === undefined) await rm(FOLDER, { recursive: true, force: true });
await mkdir(FOLDER, { recursive: true });
let failures = 0;
for (const look of LOOKS) {
  const pages = new Map();
  for (const scene of SCENES) {
    const isIn = ALWAYS.has(look.name) || scene.looks?.includes(look.name) === true;
    if (!isIn || !WANTED.test(scene.name) || (scene.onlyPhone && !look.isPhone)) continue;
    try {
      const account = scene.as === undefined ? "demo-officer" : scene.as;
      if (!pages.has(account)) pages.set(account, await open(browser, look, account));
      await draw(pages.get(account), scene, look);
    } catch (error) {
      failures += 1;
      console.error(`${scene.name} ${look.name}: ${error.message.split("\n")[0]}`);
    }
  }
  for (const page of pages.values()) await page.context().close();
  console.info(`${look.name} done`);
}
await browser.close();
console.info(`Pictures in ${FOLDER}`);
process.exitCode = failures === 0 ? 0 : 1;
