import type { Areas, Translated } from "../areas";

export const messages: Translated<Areas["download"]> = {
  failed: "The file did not come; please try again later",
  "format.xlsx": "Excel workbook (.xlsx)",
  "format.csv": "CSV (UTF-8)",
  "format.csv-gb18030": "CSV (GB 18030)",
};
