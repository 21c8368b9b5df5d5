import type { SheetGrantData } from "./queries";

/** Roles that record figures (`seeds/role_permissions.csv`). */
export const RECORDING: readonly string[] = ["LIAISON", "MUNICIPAL_REPORTER"];

/** A unit whose figures may be handed in as a file. */
export interface SheetUnit {
  readonly code: string;
  readonly name: string;
  /** Whether its form has the units below as well. */
  readonly hasBelow: boolean;
}

/** The units where the reader records, each once: those of a grant first, each before those below it. */
export function unitsOf(grants: readonly SheetGrantData[]): readonly SheetUnit[] {
  const units = new Map<string, SheetUnit>();
  const add = (unit: SheetUnit): void => {
    if (!units.has(unit.code)) units.set(unit.code, unit);
  };
  const recording = grants.filter((grant) => RECORDING.includes(grant.role));
  for (const { department, reach } of recording) {
    const below = reach === "SUBTREE" ? department.children.edges : [];
    add({ code: department.code, name: department.name, hasBelow: below.length > 0 });
    for (const { node } of below) add({ code: node.code, name: node.name, hasBelow: false });
  }
  return [...units.values()];
}
