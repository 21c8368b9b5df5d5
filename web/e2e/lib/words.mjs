// Finds words of the Chinese client on an English page. What is data (titles, names of units) stays Chinese.
import { readdirSync, readFileSync } from "node:fs";

const CATALOGUES = new URL("../../src/i18n/", import.meta.url);
const CHINESE = /\p{Script=Han}/u;
/** The way back to Chinese is written in Chinese. */
const MEANT = new Set(["中文"]);

/** Messages of one language by area and key; plural forms count as messages of their own. */
function messages(language) {
  const found = new Map();
  for (const file of readdirSync(new URL(`${language}/`, CATALOGUES))) {
    const text = readFileSync(new URL(`${language}/${file}`, CATALOGUES), "utf8");
    for (const [, quoted, bare, value] of text.matchAll(
      /(?:"([\w.-]+)"|\b([a-zA-Z]\w*)):\s*"((?:[^"\\]|\\.)*)"/g,
    )) {
      found.set(`${file} ${quoted ?? bare}`, JSON.parse(`"${value}"`));
    }
  }
  return found;
}

/** Patterns of whole texts that only the Chinese client writes. */
function patterns() {
  const english = messages("en");
  const all = [...messages("zh-CN")]
    .filter(([key, text]) => CHINESE.test(text) && english.get(key) !== text && !MEANT.has(text))
    .map(([, text]) =>
      text
        .split(/\{\w+\}/)
        .map(escaped)
        .join(".+?"),
    );
  if (all.length < 300) throw new Error(`only ${all.length} Chinese messages were read`);
  return [...new Set(all)];
}

function escaped(text) {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

const known = patterns();

/** Texts, labels, hints and titles on the page that are a message of the Chinese catalogue. */
export function chineseOnScreen(page) {
  return page.evaluate((sources) => {
    const every = sources.map((source) => new RegExp(`^${source}$`, "u"));
    const said = new Set([document.title]);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const isDocument = (element) => element.closest("[lang=zh-CN]") !== null;
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      // A title in pieces (ui/Phrases) is one text.
      const title = parentElement.closest(".phrases");
      if (!isDocument(parentElement)) said.add((title?.textContent ?? data).trim());
    }
    for (const name of ["aria-label", "title", "placeholder", "aria-description"]) {
      for (const element of document.querySelectorAll(`[${name}]`)) {
        if (!isDocument(element)) said.add(element.getAttribute(name));
      }
    }
    return [...said].filter((text) => every.some((one) => one.test(text)));
  }, known);
}
