import { createContext, useContext } from "react";
import type { DraftClauseData, DraftHeadData, DraftTaskData } from "./fragments";

/** A department to choose. */
export interface DepartmentChoice {
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly shortName: string;
  readonly otherNames: readonly string[];
  readonly kind: string;
}

/** The draft that the wizard stands on, and the register to choose departments from. */
export interface Draft {
  readonly plan: DraftHeadData;
  readonly tasks: readonly DraftTaskData[];
  readonly clauses: readonly DraftClauseData[];
  readonly departments: readonly DepartmentChoice[];
  /** False while pages of tasks or sentences are on their way. */
  readonly isComplete: boolean;
  /** Reads everything again from the server; what is typed stays. */
  readonly reload: () => void;
}

/** Carries the draft to the editors below a page. */
export const DraftContext = createContext<Draft | null>(null);

/** The draft around; to be called below `DraftContext` only. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext);
  if (draft === null) throw new Error("useDraft stands outside DraftContext");
  return draft;
}
