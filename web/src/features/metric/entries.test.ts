import { expect, it } from "vitest";
import { entriesOf } from "./entries";
import type { MeasurementData } from "./queries";

it("revisions of one place stand together, the newest first", () => {
  const said = (code: string, period: string, revision: number) =>
    ({ department: { code }, period, revision }) as MeasurementData;
  const all = [said("A", "2025-08", 1), said("B", "2025-08", 1), said("A", "2025-08", 2)];
  const entries = entriesOf(all);
  expect(entries.map((one) => [one.key, one.newest.revision, one.earlier.length])).toEqual([
    ["2025-08 A", 2, 1],
    ["2025-08 B", 1, 0],
  ]);
});
