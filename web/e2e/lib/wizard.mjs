// The first step of the import, as a person does it.
import { open, settled } from "./browser.mjs";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Turns to the place for text; a click in the very first moments of the page may go nowhere, and is done again. */
export async function chooseText(page) {
  const box = page.getByLabel("文件全文");
  for (let time = 0; time < 10 && !(await box.isVisible()); time += 1) {
    await page.getByText("粘贴文字", { exact: true }).click();
    await settled(page);
  }
  await box.waitFor();
}

/** Pastes a text and has it read; ends at the draft, or at the word that it is known already. */
export async function pasteText(page, text) {
  await open(page, "/plans/import");
  await chooseText(page);
  await page.getByLabel("文件全文").fill(text);
  await page.getByRole("button", { name: "开始识别" }).click();
  await page
    .getByText(/这份文件已经导入过|^待处理 \d+$/)
    .first()
    .waitFor();
}

/** Chooses a file on the import page, as the dialog of the browser would. */
export async function chooseFile(page, name, buffer, mimeType = WORD) {
  const asked = page.waitForEvent("filechooser");
  await page.getByRole("button", { name: /选择文件|换一个文件/ }).click();
  const chooser = await asked;
  await chooser.setFiles({ name, mimeType, buffer });
}
