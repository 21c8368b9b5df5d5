import { expect, test } from "vitest";
import { missingUnits, type PresentMonth } from "./month-query";

const unit = (code: string) => ({ node: { department: { id: code, code, shortName: code } } });

test("units that have not reported stand by how many reports they owe", () => {
  const present = {
    missing: { edges: [unit("BGS"), unit("XXB"), unit("KPB"), unit("XXB")] },
  } as unknown as PresentMonth;
  expect(missingUnits(present).map(({ code, count }) => [code, count])).toEqual([
    ["XXB", 2],
    ["BGS", 1],
    ["KPB", 1],
  ]);
});
