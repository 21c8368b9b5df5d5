import { type ReactNode, useId } from "react";
import { useMessages } from "../i18n/messages";
import { IconButton } from "./IconButton";
import { useModal } from "./use-modal";

interface DrawerProps {
  readonly title: string;
  readonly onClose: () => void;
  /** Beside the title, e.g. a link to the full page. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A panel at the right edge, open while it is rendered; fills a phone's screen. */
export function Drawer({ title, onClose, actions, children }: DrawerProps) {
  const t = useMessages("common");
  const dialog = useModal();
  const id = useId();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="drawer mr-0 ml-auto h-dvh max-h-none w-full max-w-xl overflow-y-auto border-l border-line bg-card p-0 text-ink shadow-overlay"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <header className="sticky top-0 z-10 flex min-h-14 items-center justify-between gap-3 border-b border-line bg-card px-4 py-2">
        <h2
          id={id}
          tabIndex={-1}
          data-first-focus=""
          className="min-w-0 text-base font-semibold outline-none"
        >
          {title}
        </h2>
        <div className="flex shrink-0 items-center gap-1">
          {actions}
          <IconButton icon="close" label={t("close")} onClick={onClose} />
        </div>
      </header>
      <div className="p-4">{children}</div>
    </dialog>
  );
}
