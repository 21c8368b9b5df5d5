// Holds a page against WCAG 2.0 to 2.2, levels A and AA, with axe.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];

/** All that can change with the theme: themes differ in colours alone (`tokens.css`). */
const COLOURS = ["color-contrast", "link-in-text-block"];

/** What is wrong on the page in both themes; ends in the light one. */
export async function violationsInBothThemes(page) {
  await wear(page, "dark");
  const dark = await violations(page, { type: "rule", values: COLOURS });
  await wear(page, "light");
  return [...dark.map((one) => `dark: ${one}`), ...(await violations(page))];
}

async function wear(page, colorScheme) {
  await page.emulateMedia({ colorScheme });
  await page.waitForFunction(
    (theme) => document.documentElement.dataset.theme === theme,
    colorScheme,
  );
}

/** What is wrong on the page as it stands, one line an element. */
export async function violations(page, runOnly = { type: "tag", values: TAGS }) {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(axe);
  const found = await page.evaluate(async (chosen) => {
    const { violations } = await window.axe.run(document, {
      runOnly: chosen,
      resultTypes: ["violations"],
    });
    return violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => {
        const why = [...node.any, ...node.all, ...node.none].map((check) => check.message);
        return `${id} ${node.target.join(" ")} ${node.html.slice(0, 160)} ${why[0] ?? ""}`;
      }),
    );
  }, runOnly);
  return found;
}
