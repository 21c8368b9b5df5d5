/** Files that leave the program. */
export const messages = {
  failed: "没有取到文件，请稍后再试",
  "format.xlsx": "Excel 工作簿（.xlsx）",
  "format.csv": "CSV（UTF-8）",
  "format.csv-gb18030": "CSV（GB 18030）",
} as const;
