import type { ReactNode } from "react";
import type { Outcome } from "../../graphql/outcome";

/** What is handed in together with the reports of a month, and where it is filled in. */
export interface SheetExtra {
  /** What stands under the report of a task; null where nothing does. */
  readonly underTask: (code: string) => ReactNode;
  /** What stands under the whole sheet. */
  readonly after: ReactNode;
  /** Whether there is something to fill in besides reports. */
  readonly isAny: boolean;
  /** How much of it is said, in a few words. */
  readonly said: string;
  /** How many rows go along now. */
  readonly ready: number;
  /** What goes along and what does not, before it is done. */
  readonly announced: readonly string[];
  readonly submit: () => Promise<Outcome>;
}
