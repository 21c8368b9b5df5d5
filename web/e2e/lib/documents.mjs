// Documents to import, in our own words, about bodies that do not exist; and a writer of .docx files.
import { readFileSync } from "node:fs";
import { crc32 } from "node:zlib";

/** The demo plan as its text stands in `seeds/`. */
export function demoPlanText() {
  return readFileSync(new URL("../../../seeds/plans/henan-cast-2025.md", import.meta.url), "utf8");
}

/** A plan with one of each problem that a person has to decide. */
export const SMALL_PLAN = [
  "澜川科学服务联合会文件",
  "澜科联〔2026〕7号",
  "关于印发澜川科学服务联合会2026年工作要点的通知",
  "各部门、各直属单位：",
  "现将《澜川科学服务联合会2026年工作要点》印发给你们，请认真组织实施。",
  "澜川科学服务联合会2026年工作要点",
  "一、办好科普活动",
  "1. 办好科普进校园活动。面向农村中学开展科普报告，全年举办30场以上。（责任部门：科学技术普及部）",
  "2. 开展科普志愿服务。组织志愿者走进社区，服务群众。（责任部门：云栈协调室、科学技术普及部）",
  "3. 办好科学夏令营。组织营员参观实验室，人均补助标准提高到80元。",
  "二、服务学术交流",
  "4. 举办学术沙龙。全年举办12期，6月底前完成6期。（责任部门：学会学术部）",
  "5. 编印科技工作者建议。全年编印建议8篇。（牵头单位：学会学术部；牵头单位：调研宣传部）",
  "澜川科学服务联合会办公室",
  "2026年1月20日",
].join("\n");

const HEAD = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`;
const WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const TYPES = `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`;
const RELATIONS = `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`;

/** A Word document with a paragraph for each line; marks of Markdown are taken off. */
export function docxOf(text) {
  const paragraphs = text
    .split("\n")
    .map((line) =>
      line
        .replace(/^#+\s*/, "")
        .replaceAll("**", "")
        .replaceAll("\\", "")
        .trim(),
    )
    .filter((line) => line !== "")
    .map((line) => `<w:p><w:r><w:t xml:space="preserve">${xmlText(line)}</w:t></w:r></w:p>`);
  const body = `${HEAD}<w:document xmlns:w="${WORD}"><w:body>${paragraphs.join("")}</w:body></w:document>`;
  return zip([
    ["[Content_Types].xml", TYPES],
    ["_rels/.rels", RELATIONS],
    ["word/document.xml", body],
  ]);
}

function xmlText(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** A ZIP archive whose entries are stored as they are. */
function zip(entries) {
  const files = [];
  const directory = [];
  let offset = 0;
  for (const [name, text] of entries) {
    const title = Buffer.from(name);
    const data = Buffer.from(text);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(data.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(title.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    files.push(Buffer.from("PK\x03\x04"), shared, title, data);
    directory.push(Buffer.from("PK\x01\x02\x14\x00"), shared, place, title);
    offset += 30 + title.length + data.length;
  }
  const index = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(index.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, index, end]);
}
