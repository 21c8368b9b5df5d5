import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
import { classNames } from "./class-names";

interface TabsProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly tabs: readonly {
    readonly value: Value;
    readonly label: string;
    readonly count?: number;
  }[];
  readonly onChange: (value: Value) => void;
  /** The panel of the chosen tab. */
  readonly children: ReactNode;
}

/** Tabs over one panel; arrow keys move, Home and End jump. */
export function Tabs<Value extends string>({
  label,
  value,
  tabs,
  onChange,
  children,
}: TabsProps<Value>) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);

  const move = (event: KeyboardEvent): void => {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -tabs.length, End: tabs.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const index = tabs.findIndex((tab) => tab.value === value);
    const isJump = Math.abs(step) === tabs.length;
    const target = isJump
      ? tabs.at(step > 0 ? -1 : 0)
      : tabs[(index + step + tabs.length) % tabs.length];
    if (target === undefined) return;
    onChange(target.value);
    list.current?.querySelector<HTMLElement>(`[data-tab="${target.value}"]`)?.focus();
  };

  return (
    <>
      <div
        ref={list}
        role="tablist"
        aria-label={label}
        className="flex gap-1 overflow-x-auto border-b border-line"
        onKeyDown={move}
      >
        {tabs.map((tab) => (
          <button
            key={tab.value}
            type="button"
            role="tab"
            id={`${id}-${tab.value}`}
            data-tab={tab.value}
            aria-selected={tab.value === value}
            aria-controls={`${id}-panel`}
            tabIndex={tab.value === value ? 0 : -1}
            className={classNames(
              "control min-h-10 border-b-2 px-3 whitespace-nowrap",
              tab.value === value
                ? "border-brand font-medium text-ink"
                : "border-transparent text-muted hover:text-ink",
            )}
            onClick={() => onChange(tab.value)}
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="ml-1.5 text-sm text-muted">{tab.count}</span>
            )}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`}>
        {children}
      </div>
    </>
  );
}
