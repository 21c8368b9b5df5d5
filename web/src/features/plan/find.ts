/** Paragraphs that are searched carry this attribute. */
export const SEARCHED = "data-searched";

/**
 * Every place where the words stand, in reading order, as ranges of the page. A match may run over
 * several elements of a paragraph, never over two paragraphs; case and width of letters are one.
 */
export function findInText(root: ParentNode, words: string): Range[] {
  const wanted = folded(words.trim());
  if (wanted === "") return [];
  return [...root.querySelectorAll(`[${SEARCHED}]`)].flatMap((block) => findInBlock(block, wanted));
}

function findInBlock(block: Element, wanted: string): Range[] {
  const nodes: { node: Text; start: number }[] = [];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode() !== null) {
    const node = walker.currentNode as Text;
    if (node.parentElement?.closest("[data-not-searched]") != null) continue;
    nodes.push({ node, start: text.length });
    text += folded(node.data);
  }
  const ranges: Range[] = [];
  for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + wanted.length)) {
    const from = nodes.findLast((one) => one.start <= at);
    const to = nodes.findLast((one) => one.start < at + wanted.length);
    if (from === undefined || to === undefined) continue;
    const range = document.createRange();
    range.setStart(from.node, at - from.start);
    range.setEnd(to.node, at + wanted.length - to.start);
    ranges.push(range);
  }
  return ranges;
}

/** One letter for both cases and both widths; the length must not change, or ranges would slip. */
function folded(text: string): string {
  return text.replace(/[A-ZＡ-Ｚａ-ｚ０-９（）]/gu, (letter) => {
    const code = letter.charCodeAt(0);
    return String.fromCharCode(code >= 0xff01 ? code - 0xfee0 : code).toLowerCase();
  });
}
