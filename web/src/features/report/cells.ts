/** Cells of text, in the order of a report. */
export const TEXT_CELLS = ["progress", "problems", "nextSteps", "supportNeeded"] as const;
export type TextCell = (typeof TEXT_CELLS)[number];

/** How the department itself sees the task. */
export const ASSESSMENTS = ["ON_TRACK", "AT_RISK", "BEHIND", "DONE"] as const;
export type Assessment = (typeof ASSESSMENTS)[number];

/** What a report says. */
export type Cells = Readonly<Record<TextCell, string>> & {
  readonly selfAssessment: Assessment | null;
};
export type Cell = keyof Cells;

/** All cells in the order of the screen. */
export const CELLS: readonly Cell[] = ["selfAssessment", ...TEXT_CELLS];

/** The cells by the names that a reviewer's remark uses. */
export const CELL_OF = {
  PROGRESS: "progress",
  PROBLEMS: "problems",
  NEXT_STEPS: "nextSteps",
  SUPPORT_NEEDED: "supportNeeded",
  SELF_ASSESSMENT: "selfAssessment",
} as const;

/** Most characters of a cell, as the server counts them. */
export const LIMITS: Readonly<Record<TextCell, number>> = {
  progress: 2000,
  problems: 1000,
  nextSteps: 1000,
  supportNeeded: 1000,
};

export const EMPTY_CELLS: Cells = {
  progress: "",
  problems: "",
  nextSteps: "",
  supportNeeded: "",
  selfAssessment: null,
};

/** What is wrong with a cell: said beside it. */
export type Fault = "missing" | "explain" | "tooLong";

/** What keeps a report from being submitted, cell by cell. */
export function faultsOf(cells: Cells): Partial<Record<Cell, Fault>> {
  const faults: Partial<Record<Cell, Fault>> = {};
  for (const cell of TEXT_CELLS) {
    if ([...cells[cell].trim()].length > LIMITS[cell]) faults[cell] = "tooLong";
  }
  if (cells.progress.trim() === "") faults.progress = "missing";
  if (cells.selfAssessment === null) faults.selfAssessment = "missing";
  const isTroubled = cells.selfAssessment === "AT_RISK" || cells.selfAssessment === "BEHIND";
  if (isTroubled && cells.problems.trim() === "") faults.problems = "explain";
  return faults;
}

/** Whether nothing keeps it from being submitted. */
export function isComplete(cells: Cells): boolean {
  return Object.keys(faultsOf(cells)).length === 0;
}

/** Whether both say the same, white space around a text apart. */
export function isSame(one: Cells, other: Cells): boolean {
  const texts = TEXT_CELLS.every((cell) => one[cell].trim() === other[cell].trim());
  return texts && one.selfAssessment === other.selfAssessment;
}
