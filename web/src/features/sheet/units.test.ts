import { expect, test } from "vitest";
import permissions from "../../../../seeds/role_permissions.csv?raw";
import type { SheetGrantData } from "./queries";
import { RECORDING, unitsOf } from "./units";

test("the roles that record are those of the server", () => {
  const rows = permissions.trim().split("\n");
  const recording = rows.flatMap((row) => {
    const [role = "", permission] = row.trim().split(",");
    return permission === "measurement.record" ? [role] : [];
  });
  expect([...RECORDING].sort()).toEqual(recording.sort());
});

const unit = (code: string) => ({ id: code, code, name: code, shortName: code });

function grant(role: string, code: string, below: readonly string[], reach = "SUBTREE") {
  const children = { edges: below.map((one) => ({ node: unit(one) })) };
  return { role, reach, department: { ...unit(code), children } } as SheetGrantData;
}

test("units are those where one records, with the ones below where the right reaches there", () => {
  const units = unitsOf([
    grant("VERIFIER", "HNAST", ["410100"]),
    grant("MUNICIPAL_REPORTER", "410300", ["410302", "410303"]),
    grant("LIAISON", "410302", ["X"], "SELF"),
  ]);
  expect(units.map((one) => [one.code, one.hasBelow])).toEqual([
    ["410300", true],
    ["410302", false],
    ["410303", false],
  ]);
});
