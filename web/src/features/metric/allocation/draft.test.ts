import { describe, expect, it } from "vitest";
import { draftOf, pastedColumn, sentOf, withMethod, withTyped, withUnits } from "./draft";

const UNITS = ["A", "B", "C"];
const NOTHING = { shown: [], lastYear: {} };
const share = (code: string, figure: string) => ({ department: { code }, figure });

describe("a draft of shares", () => {
  it("begins evenly among all where nothing was shared out", () => {
    const draft = draftOf(null, UNITS);
    expect(draft.basedOn).toBeNull();
    expect(sentOf(draft, UNITS).shares).toEqual(
      UNITS.map((department) => ({ department, figure: null })),
    );
  });

  it("begins from what is stored, without those that carry nothing", () => {
    const stored = {
      version: 3,
      method: "BY_WEIGHT" as const,
      reason: "留有余地",
      shares: [share("A", "6"), share("C", "4")],
    };
    const draft = draftOf(stored, UNITS);
    expect(draft).toMatchObject({ method: "BY_HAND", left: ["B"], basedOn: 3, reason: "留有余地" });
    expect(sentOf(draft, UNITS).shares).toEqual([
      { department: "A", figure: "6" },
      { department: "C", figure: "4" },
    ]);
  });

  it("goes on by hand from the shares that are shown, once", () => {
    const shown = [share("A", "4"), share("B", "3"), share("C", "3")];
    const known = { shown, lastYear: {} };
    const hand = withMethod(draftOf(null, UNITS), "BY_HAND", known);
    const typed = withTyped(hand, { A: "5" });
    const back = withMethod(withMethod(typed, "EVENLY", known), "BY_HAND", known);
    expect(sentOf(back, UNITS).shares.map((one) => one.figure)).toEqual(["5", "3", "3"]);
  });

  it("begins by last year from what was verified then, and keeps what was typed", () => {
    const known = { shown: [], lastYear: { A: "30", C: "10" } };
    const draft = withMethod(draftOf(null, UNITS), "BY_LAST_YEAR", known);
    expect(sentOf(draft, UNITS).shares.map((one) => one.figure)).toEqual(["30", null, "10"]);
    const typed = withTyped(draft, { A: "31" });
    const back = withMethod(withMethod(typed, "EVENLY", known), "BY_LAST_YEAR", known);
    expect(sentOf(back, UNITS).shares.map((one) => one.figure)).toEqual(["31", null, "10"]);
  });

  it("reads figures as people type them and names those that are none", () => {
    const draft = withTyped(withMethod(draftOf(null, UNITS), "BY_WEIGHT", NOTHING), {
      A: "１,２００",
      B: "2万",
      C: "许多",
    });
    const sent = sentOf(draft, UNITS);
    expect(sent.shares.map((one) => one.figure)).toEqual(["1200", "20000", null]);
    expect(sent.unread).toEqual(["C"]);
  });

  it("does not look at the text of those that carry nothing", () => {
    const draft = withTyped(withMethod(draftOf(null, UNITS), "BY_WEIGHT", NOTHING), { C: "许多" });
    expect(sentOf(withUnits(draft, ["C"], false), UNITS).unread).toEqual([]);
    expect(withUnits(withUnits(draft, ["C"], false), ["C"], true).left).toEqual([]);
  });

  it("lays a pasted column down the units", () => {
    expect(pastedColumn("1\r\n\r\n3\r\n4\r\n", "A", UNITS)).toEqual({ A: "1", C: "3" });
    expect(pastedColumn("7\t郑州\n8\t开封", "B", UNITS)).toEqual({ B: "7", C: "8" });
    expect(pastedColumn("12", "A", UNITS)).toBeNull();
  });
});
