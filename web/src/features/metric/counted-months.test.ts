import { describe, expect, it } from "vitest";
import { countedMonths } from "./counted-months";
import type { Entry } from "./entries";

const one = (period: string, revision: number, state: string, value: string | null) =>
  ({ id: `${period} ${revision}`, period, revision, state, value }) as unknown as Entry["newest"];

const entry = (newest: Entry["newest"], ...earlier: Entry["newest"][]): Entry => ({
  key: newest.period,
  newest,
  earlier,
});

describe("the months that count", () => {
  it("takes the newest verified revision until a correction is verified", () => {
    const entries = [
      entry(
        one("2025-02", 3, "SUBMITTED", "9"),
        one("2025-02", 2, "VERIFIED", "7"),
        one("2025-02", 1, "VERIFIED", "5"),
      ),
      entry(one("2025-01", 1, "VERIFIED", "0")),
    ];
    expect(countedMonths(entries)).toEqual([
      { period: "2025-01", value: "0" },
      { period: "2025-02", value: "7" },
    ]);
  });

  it("leaves out what is not verified, and what does not apply", () => {
    const entries = [
      entry(one("2025-03", 1, "SUBMITTED", "4")),
      entry(one("2025-04", 1, "VERIFIED", null)),
    ];
    expect(countedMonths(entries)).toEqual([]);
  });
});
