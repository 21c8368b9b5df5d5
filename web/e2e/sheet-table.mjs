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

/** More rows than are tried at once, some of them good. */
const large = () => {
  const units = Array.from({ length: 12 }, (_, index) => 410302 + index);
  const lines = units.map((unit, index) => `2025-19-M2,${unit},${index + 20},复核后更正`);
  while (lines.length < 10_050) lines.push(`2025-99-M${lines.length},410302,1,`);
  return ["指标编码,填报单位,本月数,更正理由", ...lines].join("\n");
};

/** Chooses a file that is too long to be tried. */
export const chosenLarge = async (page) => {
  await page.setInputFiles("main input[type=file]", {
    name: "洛阳市2025年8月大表.csv",
    mimeType: "text/csv",
    buffer: Buffer.from(large()),
  });
  await page.getByRole("button", { name: /^(按大表入库|Take as a large file)$/u }).waitFor();
};

/** Opens the first large file; the first time one is taken. */
export const openLarge = async (page) => {
  await page
    .locator("main p, main table", { hasText: /大表|large/u })
    .first()
    .waitFor();
  const link = page.locator('main a[href*="import="]').first();
  if ((await link.count()) > 0) await link.click();
  else {
    await chosenLarge(page);
    await page.getByRole("button", { name: /^(按大表入库|Take as a large file)$/u }).click();
  }
  await page.locator("[role=progressbar]").waitFor();
};

/** Tells that a large file is half taken. */
export const halfTaken = (page) =>
  page.route("**/graphql", async (route) => {
    if (route.request().postData()?.includes('"LargeImportQuery"') !== true) {
      return route.fallback();
    }
    const answer = await route.fetch();
    const json = await answer.json();
    const told = { state: "RUNNING", rowsDone: 5_000, taken: 4_640, unchanged: 300, refused: 60 };
    Object.assign(json.data.measurementImport, told, { endedAt: null });
    return route.fulfill({ response: answer, json });
  });
