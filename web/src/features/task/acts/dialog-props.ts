import type { TaskLifeData } from "../life/fragments";

/** What the dialog of any act takes. */
export interface ActDialogProps {
  readonly task: TaskLifeData;
  /** Today for the installation; dates before it are refused. */
  readonly today: string | null;
  /** Reads the task again. */
  readonly reload: () => void;
  readonly onClose: () => void;
}
