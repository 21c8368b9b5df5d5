import { lazy, Suspense, useRef, useState } from "react";
import type { ViewerData } from "../graphql/session-documents";
import { useMessages } from "../i18n/messages";
import { Icon } from "../ui/Icon";
import { VisuallyHidden } from "../ui/VisuallyHidden";

const loadItems = () => import("./UserMenuItems");
const UserMenuItems = lazy(() => loadItems().then((module) => ({ default: module.UserMenuItems })));

interface UserMenuProps {
  readonly viewer: ViewerData;
  readonly onSignOut: () => void;
}

/** Who is signed in, switches for the eyes and the language, and the way out. */
export function UserMenu({ viewer, onSignOut }: UserMenuProps) {
  const t = useMessages("shell");
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const { displayName } = viewer.account;
  const prefetch = (): void => {
    loadItems().catch(() => undefined);
  };
  const close = (focusGoesBack: boolean): void => {
    setOpen(false);
    if (focusGoesBack) button.current?.focus();
  };

  return (
    <div ref={root} className="relative">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        className="control flex min-h-9 items-center gap-2 rounded-md px-2 hover:bg-sunken"
        onClick={() => setOpen(!isOpen)}
        onMouseEnter={prefetch}
        onFocus={prefetch}
      >
        <span
          aria-hidden="true"
          className="grid size-7 place-items-center rounded-full bg-sunken text-sm font-medium"
        >
          {displayName.replace(/^演示·/u, "").slice(0, 1)}
        </span>
        <span aria-hidden="true" className="max-w-44 truncate text-sm max-md:hidden">
          {displayName}
        </span>
        <VisuallyHidden>{t("menu", { name: displayName })}</VisuallyHidden>
        <Icon name="chevronDown" size={12} className="text-muted max-md:hidden" />
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <UserMenuItems viewer={viewer} root={root} onSignOut={onSignOut} onClose={close} />
        </Suspense>
      )}
    </div>
  );
}
