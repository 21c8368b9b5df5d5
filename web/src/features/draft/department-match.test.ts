import { describe, expect, it } from "vitest";
import {
  likeness,
  proposals,
  proposedCode,
  searchDepartments,
  type NamedDepartment,
} from "./department-match";

const department = (code: string, name: string, ...otherNames: string[]): NamedDepartment => ({
  id: code,
  code,
  name,
  shortName: name,
  otherNames,
});
const register = [
  department("BGS", "办公室"),
  department("KPB", "科学技术普及部", "科普部"),
  department("KPZX", "省科普中心"),
  department("KJG", "省科技馆", "河南省科技馆"),
];

describe("searchDepartments", () => {
  it("puts whole names first, then beginnings, then the rest", () => {
    expect(searchDepartments(register, "科普部").map((one) => one.code)).toEqual(["KPB"]);
    expect(searchDepartments(register, "科").map((one) => one.code)).toEqual([
      "KPB",
      "KPZX",
      "KJG",
    ]);
    expect(searchDepartments(register, "kp").map((one) => one.code)).toEqual(["KPB", "KPZX"]);
    expect(searchDepartments(register, " ")).toHaveLength(4);
  });
});

describe("proposals", () => {
  it("proposes the most alike first", () => {
    expect(proposals(register, "省科学技术馆").map((one) => one.code)[0]).toBe("KJG");
    expect(proposals(register, "科普中心").map((one) => one.code)[0]).toBe("KPZX");
  });

  it("proposes nothing when nothing is alike", () => {
    expect(proposals(register, "县文旅局")).toEqual([]);
  });

  it("measures likeness from 0 to 1", () => {
    expect(likeness("科普部", "科普部")).toBe(1);
    expect(likeness("科普部", "")).toBe(0);
    expect(likeness("科普部", "文旅局")).toBe(0);
  });
});

describe("proposedCode", () => {
  it("uses Latin letters of the name, else a free number", () => {
    expect(proposedCode("AI 实验室", new Set())).toBe("AI");
    expect(proposedCode("县文旅局", new Set(["BGS", "U3"]))).toBe("U4");
  });
});
