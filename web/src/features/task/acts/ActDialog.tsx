import { AcceptDialog } from "./AcceptDialog";
import type { ActName } from "./acts";
import { CompleteDialog } from "./CompleteDialog";
import { DatedDialog } from "./DatedDialog";
import type { ActDialogProps } from "./dialog-props";
import { HandOutDialog } from "./HandOutDialog";
import { BeginStageDialog, DecideExtensionDialog } from "./PlainDialogs";
import { ReasonDialog } from "./ReasonDialog";
import { ReassignDialog } from "./ReassignDialog";

interface AnyActDialogProps extends ActDialogProps {
  readonly name: ActName;
}

/** The dialog of any act, with what that act needs. */
export function ActDialog({ name, ...rest }: AnyActDialogProps) {
  switch (name) {
    case "HAND_OUT":
      return <HandOutDialog {...rest} />;
    case "ACCEPT":
      return <AcceptDialog {...rest} />;
    case "REASSIGN":
      return <ReassignDialog {...rest} />;
    case "COMPLETE":
      return <CompleteDialog {...rest} />;
    case "BEGIN_STAGE":
      return <BeginStageDialog {...rest} />;
    case "DECIDE_EXTENSION":
      return <DecideExtensionDialog {...rest} />;
    case "RETURN":
    case "SUSPEND":
    case "REQUEST_EXTENSION":
      return <DatedDialog name={name} {...rest} />;
    default:
      return <ReasonDialog name={name} {...rest} />;
  }
}
