import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./Icon";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  readonly icon?: IconName;
  /** Present on items that are switched on and off. */
  readonly isChecked?: boolean;
  readonly hint?: string;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Above the items, not selectable. */
  readonly header?: ReactNode;
  /** Holds the menu and the button that opened it; a press outside closes. */
  readonly root: RefObject<HTMLElement | null>;
  /** Opens over the button, at the foot of the page. */
  readonly isUpward?: boolean;
  /** Opens to the right of the button where the page is wide: the button stands at the left edge. */
  readonly isRightward?: boolean;
  /** Opens to the right of the button's left edge, however narrow the page is. */
  readonly isFromLeft?: boolean;
  /** Asks to be taken away, with the focus back on the button or not. */
  readonly onClose: (focusGoesBack: boolean) => void;
}

/** An open list of actions; arrows, Home, End, first letters and Esc work. */
export function Menu({
  label,
  items,
  header,
  root,
  isUpward = false,
  isRightward = false,
  isFromLeft = false,
  onClose,
}: MenuProps) {
  const list = useRef<HTMLDivElement>(null);
  const leave = useRef(onClose);
  useEffect(() => {
    leave.current = onClose;
  });

  useEffect(() => {
    list.current?.querySelector<HTMLElement>("[role^=menuitem]")?.focus();
    const onPress = (event: PointerEvent): void => {
      if (event.target instanceof Node && !root.current?.contains(event.target)) {
        leave.current(false);
      }
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, [root]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Tab") {
      onClose(false);
      return;
    }
    if (event.key === "Escape") onClose(true);
    else if (!moveFocus(list.current, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div
      className={classNames(
        "absolute z-40 my-1 max-h-[75dvh] w-64 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-card border border-line bg-card p-1 shadow-overlay",
        isFromLeft ? "left-0" : isRightward ? "right-0 md:right-auto md:left-0" : "right-0",
        isUpward ? "bottom-full" : "top-full",
      )}
    >
      {header !== undefined && <div className="border-b border-line px-3 py-2">{header}</div>}
      <div ref={list} role="menu" aria-label={label} tabIndex={-1} onKeyDown={onKeyDown}>
        {items.map((item) => (
          <button
            key={item.key}
            type="button"
            {...(item.isChecked === undefined
              ? { role: "menuitem" }
              : { role: "menuitemcheckbox", "aria-checked": item.isChecked })}
            tabIndex={-1}
            className="flex min-h-10 w-full items-center gap-2.5 rounded-md px-3 text-left hover:bg-sunken focus-visible:bg-sunken"
            onClick={() => {
              onClose(true);
              item.onSelect();
            }}
          >
            <Icon
              name={item.isChecked === true ? "check" : (item.icon ?? "minus")}
              className={
                item.isChecked === false && item.icon === undefined ? "invisible" : "text-muted"
              }
            />
            <span className="flex-1">{item.label}</span>
            {item.hint !== undefined && <span className="text-xs text-muted">{item.hint}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}

/** Moves the focus among the items; says whether the key was one for it. */
function moveFocus(root: HTMLElement | null, key: string): boolean {
  const items = [...(root?.querySelectorAll<HTMLElement>("[role^=menuitem]") ?? [])];
  const index = items.indexOf(document.activeElement as HTMLElement);
  const target = targetOf(items, index, key);
  target?.focus();
  return target !== undefined;
}

function targetOf(
  items: readonly HTMLElement[],
  index: number,
  key: string,
): HTMLElement | undefined {
  switch (key) {
    case "ArrowDown":
      return items[(index + 1) % items.length];
    case "ArrowUp":
      return items.at(index - 1);
    case "Home":
      return items[0];
    case "End":
      return items.at(-1);
    default:
      if (key.length !== 1 || key === " ") return undefined;
      return [...items.slice(index + 1), ...items.slice(0, index + 1)].find((item) =>
        item.textContent?.trim().toLowerCase().startsWith(key.toLowerCase()),
      );
  }
}
