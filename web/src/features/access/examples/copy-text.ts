/**
 * Copies the text of an element; says whether that was done. Without the clipboard (the page came over plain
 * HTTP) the element is selected and the browser asked to copy it; it stays selected for the reader's own keys.
 */
export async function copyTextOf(element: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(element.textContent ?? "");
    return true;
  } catch {
    getSelection()?.selectAllChildren(element);
    return document.execCommand("copy");
  }
}
