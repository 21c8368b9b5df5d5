import { describe, expect, it } from "vitest";
import { groupFindings, type FindingFacts } from "./finding-groups";

const finding = (code: string, severity: FindingFacts["severity"]): FindingFacts => ({
  code,
  severity,
  message: code,
  task: null,
  clause: null,
});

describe("groupFindings", () => {
  it("puts what blocks first, then the larger groups", () => {
    const groups = groupFindings([
      finding("NO_DATE", "NOTE"),
      finding("NO_NUMBER", "WARNING"),
      finding("DIFFER", "WARNING"),
      finding("NO_NUMBER", "WARNING"),
      finding("NO_LEAD", "ERROR"),
    ]);
    expect(groups.map((one) => [one.code, one.findings.length])).toEqual([
      ["NO_LEAD", 1],
      ["NO_NUMBER", 2],
      ["DIFFER", 1],
      ["NO_DATE", 1],
    ]);
  });

  it("takes the gravest severity of a group", () => {
    const groups = groupFindings([finding("A", "NOTE"), finding("A", "ERROR")]);
    expect(groups[0]?.severity).toBe("ERROR");
    expect(groupFindings([])).toEqual([]);
  });
});
