import { describe, expect, it } from "vitest";
import { LARGEST_FILE, read, upload } from "./upload";

describe("read", () => {
  it("takes the id of a stored file", () => {
    expect(read(true, { uploadId: "u1", name: "a.md", size: 3 })).toEqual({
      kind: "stored",
      uploadId: "u1",
    });
  });

  it("keeps code and message of a refusal", () => {
    expect(read(false, { code: "DOCUMENT_TOO_LARGE", message: "太大" })).toEqual({
      kind: "refused",
      code: "DOCUMENT_TOO_LARGE",
      message: "太大",
    });
  });

  it.each([null, "text", {}, { uploadId: 3 }])("counts %o as failed", (answer) => {
    expect(read(true, answer)).toEqual({ kind: "failed" });
    expect(read(false, answer)).toEqual({ kind: "failed" });
  });
});

describe("upload", () => {
  it("does not send what is too large anyway", async () => {
    const file = { size: LARGEST_FILE + 1, name: "a.docx" } as File;
    expect(await upload(file)).toMatchObject({ kind: "refused", code: "DOCUMENT_TOO_LARGE" });
  });
});
