import { lazy, type ReactNode, Suspense, useState } from "react";
import { loadMessages } from "../../../i18n/messages";
import type { ActName } from "./acts";
import type { ActDialogProps } from "./dialog-props";

const loadDialog = async () => {
  const [file] = await Promise.all([import("./ActDialog"), loadMessages("life", "act")]);
  return { default: file.ActDialog };
};
const ActDialog = lazy(loadDialog);

/** Fetches the dialogs before one is opened. */
export function prefetchActDialog(): void {
  loadDialog().catch(() => undefined);
}

/** The way to open the dialog of an act, and the dialog to draw. */
export function useActDialog(
  props: Omit<ActDialogProps, "onClose" | "task"> & {
    readonly task: ActDialogProps["task"] | null;
  },
): { readonly open: (name: ActName) => void; readonly dialog: ReactNode } {
  const [name, setName] = useState<ActName | null>(null);
  const { task, ...rest } = props;
  const dialog =
    name === null || task === null ? null : (
      <Suspense fallback={null}>
        <ActDialog name={name} task={task} {...rest} onClose={() => setName(null)} />
      </Suspense>
    );
  return { open: setName, dialog };
}
