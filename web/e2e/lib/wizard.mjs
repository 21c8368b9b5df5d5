// The first step of the import, as a person does it.
import { open } from "./browser.mjs";

const WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** Pastes a text and has it read; ends at the draft, or at the word that it is known already. */
export async function pasteText(page, text) {
  await open(page, "/plans/import");
  await page.getByText("粘贴文字", { exact: true }).click();
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
