// Spreadsheets as people send them, and how they get onto the page, for the screenshots.

/** Figures of a month as somebody's own table: a good row, a wrong one, and one that raises doubts. */
export const TABLE = [
  "指标编码,填报单位,本月数,更正理由",
  "2025-19-M2,410302,约30,复核",
  "2025-19-M2,410303,1.2万,复核后更正",
  "2025-19-M2,410304,0,复核后更正",
  "2025-19-M2,410305,无,",
  ",410306,5,",
].join("\n");
/** The same with headings that nobody knows. */
export const UNKNOWN = "序号,谁,哪一项,做了几场\n1,老城区科协,2025-19-M2,8";

/** Chooses a file on the page of spreadsheets. */
export const chosen = (name, text) => async (page) => {
  await page.setInputFiles("main input[type=file]", {
    name,
    mimeType: "text/csv",
    buffer: Buffer.from(text),
  });
  await page.locator("main section", { hasText: /预检结果|What it would change/u }).waitFor();
};

/** Opens the first file that was taken; the first time one is taken. */
export const openSheet = async (page) => {
  const link = page.locator('main a[href*="sheet="]').first();
  if ((await link.count()) === 0) {
    await chosen("洛阳市2025年8月数据.csv", TABLE)(page);
    await page.getByText("只收正确的行", { exact: true }).click();
    await page.getByRole("button", { name: /^入库/u }).click();
  }
  await link.click();
  await page.locator("main pre").waitFor();
};
