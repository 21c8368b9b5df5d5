import { type ReactNode, useId } from "react";
import { useMessages } from "../i18n/messages";
import { IconButton } from "./IconButton";
import { useModal } from "./use-modal";

interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  /** Buttons at the bottom. */
  readonly actions?: ReactNode;
}

/** A modal dialog, open while it is rendered. Esc and the backdrop close it. */
export function Dialog({ title, onClose, children, actions }: DialogProps) {
  const t = useMessages("common");
  const dialog = useModal();
  const id = useId();
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      className="m-auto max-h-[85dvh] w-[min(36rem,calc(100vw-2rem))] overflow-y-auto rounded-card border border-line bg-card p-0 text-ink shadow-overlay"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === dialog.current) onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <div className="p-4">
        <header className="mb-3 flex items-center justify-between gap-3">
          <h2
            id={id}
            tabIndex={-1}
            data-first-focus=""
            className="text-lg font-semibold outline-none"
          >
            {title}
          </h2>
          <IconButton icon="close" label={t("close")} onClick={onClose} />
        </header>
        {children}
        {actions !== undefined && (
          <footer className="mt-4 flex flex-wrap justify-end gap-2">{actions}</footer>
        )}
      </div>
    </dialog>
  );
}
