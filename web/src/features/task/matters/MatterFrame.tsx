import type { ReactNode } from "react";
import { useMessages } from "../../../i18n/messages";
import { Button } from "../../../ui/Button";
import { Dialog } from "../../../ui/Dialog";
import { ActOutcome } from "../acts/ActFrame";
import type { ActForm } from "../acts/use-act-form";

interface MatterFrameProps {
  readonly title: string;
  /** What it does, in a sentence. */
  readonly about: string;
  /** The word on the button. */
  readonly action: string;
  readonly form: ActForm;
  /** Fields that show their own sentence. */
  readonly fields: readonly string[];
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** The dialog of a matter: what it does, its fields, how sending ended, and the way out. */
export function MatterFrame({
  title,
  about,
  action,
  form,
  fields,
  onClose,
  children,
}: MatterFrameProps) {
  const common = useMessages("common");
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        noValidate
        className="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void form.submit();
        }}
      >
        <p className="caption text-sm text-muted">{about}</p>
        {children}
        <ActOutcome form={form} fields={fields} />
        <footer className="flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button type="submit" variant="primary" isPending={form.isPending}>
            {action}
          </Button>
        </footer>
      </form>
    </Dialog>
  );
}
