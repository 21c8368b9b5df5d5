import type { WallUnitsData } from "./queries";

/** A unit with what it was asked for in the month, and what has not come. */
export interface WallUnit {
  readonly code: string;
  readonly name: string;
  readonly tile: { readonly column: number; readonly row: number } | null;
  readonly expected: number;
  readonly missing: number;
}

/** Units that are asked for something, in the order of the tree; the whole itself stands first and is left out. */
export function wallUnits(data: WallUnitsData): readonly WallUnit[] {
  const [, ...units] = data.departments;
  return units
    .map((unit) => {
      const cells = data.rows.flatMap((row) =>
        row.cells.filter((cell) => cell.department.code === unit.code),
      );
      const sum = (of: "expected" | "missing"): number =>
        cells.reduce((total, cell) => total + cell.ofPeriod[of], 0);
      return {
        code: unit.code,
        name: unit.shortName.replace(/(?:市|示范区)?科协$/u, ""),
        tile: unit.tile,
        expected: sum("expected"),
        missing: sum("missing"),
      };
    })
    .filter((unit) => unit.expected > 0);
}

/** Scene after scene, the first after the last. */
export function nextScene(present: number, count: number): number {
  return count === 0 ? 0 : (present + 1) % count;
}

/** Seconds a scene stays, as the address says; within what can be read and what still moves. */
export function secondsOf(given: string | null): number {
  const seconds = Number(given ?? Number.NaN);
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.max(seconds, 1), 600) : 20;
}
