import { describe, expect, it } from "vitest";
import { responsibilityOf, withDepartment, withLead, withoutSupport } from "./assignments";

const who = { lead: "a", support: ["b", "c"] };

describe("responsibility", () => {
  it("lets the first department lead and takes each once", () => {
    expect(withDepartment({ lead: null, support: [] }, "a")).toEqual({ lead: "a", support: [] });
    expect(withDepartment(who, "d").support).toEqual(["b", "c", "d"]);
    expect(withDepartment(who, "b")).toBe(who);
    expect(withDepartment(who, "a")).toBe(who);
  });

  it("turns the former lead into support", () => {
    expect(withLead(who, "c")).toEqual({ lead: "c", support: ["a", "b"] });
    expect(withLead(who, "d")).toEqual({ lead: "d", support: ["a", "b", "c"] });
    expect(withLead(who, "a")).toBe(who);
  });

  it("takes support off and reads two leads as one", () => {
    expect(withoutSupport(who, "b").support).toEqual(["c"]);
    const assignments = ["a", "b"].map((id) => ({ role: "LEAD", department: { id } }));
    expect(responsibilityOf(assignments)).toEqual({ lead: "a", support: ["b"] });
  });
});
