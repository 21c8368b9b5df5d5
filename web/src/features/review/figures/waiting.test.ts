import { describe, expect, it } from "vitest";
import type { WaitingFigureData } from "./queries";
import { groupFigures, replacedBy, waitingOf } from "./waiting";

type Revision = WaitingFigureData["revisions"][number];

const revision = (number: number, state: Revision["state"], value: string): Revision => ({
  id: `r${number}`,
  revision: number,
  state,
  kind: "AMOUNT",
  value,
});

function figure(code: string, period: string, at: number, all: readonly Revision[]) {
  return { id: `${code} ${at}`, metric: { code }, period, revision: at, revisions: all } as never;
}

describe("what waits", () => {
  const all = [
    revision(1, "VERIFIED", "10"),
    revision(2, "SUBMITTED", "12"),
    revision(3, "SUBMITTED", "13"),
    revision(4, "DRAFT", "14"),
  ];

  it("is the newest word of each place, drafts apart", () => {
    const old = figure("M1", "2025-08", 2, all);
    const newer = figure("M1", "2025-08", 3, all);
    expect(waitingOf([old, newer])).toEqual([newer]);
  });

  it("names what it replaces, and nothing where everything before was rejected", () => {
    expect(replacedBy(figure("M1", "2025-08", 3, all))?.value).toBe("12");
    const rejected = [revision(1, "REJECTED", "10"), revision(2, "SUBMITTED", "12")];
    expect(replacedBy(figure("M1", "2025-08", 2, rejected))).toBeNull();
  });

  it("stands by metric and month", () => {
    const rows = [
      figure("M2", "2025-08", 1, []),
      figure("M1", "2025-08", 1, []),
      figure("M1", "2025-07", 1, []),
    ];
    expect(groupFigures(rows).map((group) => group.key)).toEqual([
      "M1 2025-07",
      "M1 2025-08",
      "M2 2025-08",
    ]);
  });
});
