import { expect, test } from "vitest";
import { soonOf } from "./deadlines";

const of = (...days: (string | null)[]) => days.map((deadline) => ({ deadline }));

test("a deadline is late from the day after it, and soon for thirty days before it", () => {
  const tasks = of("2025-09-02", "2025-09-03", "2025-10-03", "2025-10-04", null);
  expect(soonOf(tasks, "2025-09-03")).toEqual({ late: 1, soon: 2 });
  expect(soonOf(tasks, null)).toEqual({ late: 0, soon: 0 });
});
