import { useRouter } from "@tanstack/react-router";
import { lazy, type ReactNode, Suspense, useRef, useState } from "react";
import { useMessages } from "../i18n/messages";
import type { NavigationEntry } from "./navigation";

const loadMenu = () => import("../ui/Menu");
const Menu = lazy(() => loadMenu().then((module) => ({ default: module.Menu })));

interface MoreMenuProps {
  readonly entries: readonly NavigationEntry[];
  /** Look of the button; what stands in it. */
  readonly className: string;
  readonly children: ReactNode;
  /** Opens upward, out of the bar at the foot of the page. */
  readonly isUpward?: boolean;
  readonly isHere: boolean;
}

/** 更多: the pages that found no room in the navigation. */
export function MoreMenu({ entries, className, children, isUpward, isHere }: MoreMenuProps) {
  const t = useMessages("shell");
  const router = useRouter();
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const prefetch = (): void => {
    loadMenu().catch(() => undefined);
  };
  return (
    <div ref={root} className="relative h-full">
      <button
        ref={button}
        type="button"
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-current={isHere ? "true" : undefined}
        className={className}
        onClick={() => setOpen(!isOpen)}
        onMouseEnter={prefetch}
        onFocus={prefetch}
      >
        {children}
      </button>
      {isOpen && (
        <Suspense fallback={null}>
          <Menu
            label={t("nav.more")}
            root={root}
            isUpward={isUpward === true}
            onClose={(focusGoesBack) => {
              setOpen(false);
              if (focusGoesBack) button.current?.focus();
            }}
            items={entries.map((entry) => ({
              key: entry.key,
              label: t(`nav.${entry.key}`),
              icon: entry.icon,
              ...(isUpward === true ? {} : { hint: `g ${entry.shortcut}` }),
              onSelect: () => router.history.push(entry.to),
            }))}
          />
        </Suspense>
      )}
    </div>
  );
}
