// biome-ignore-all lint/a11y/useSemanticElements: a select cannot be narrowed by typing
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { useMessages } from "../i18n/messages";
import { classNames } from "./class-names";
import { Field, INPUT_CLASS, useField } from "./Field";
import { Icon } from "./Icon";

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  /** Grey words at the right, e.g. a code. */
  readonly hint?: string;
  /** Everything that typed text is held against; the label where missing. */
  readonly search?: string;
}

interface ControlProps {
  readonly options: readonly ComboboxOption[];
  /** Id of the chosen option. */
  readonly value: string | null;
  readonly onChange: (id: string) => void;
  readonly placeholder?: string;
}

interface ComboboxProps extends ControlProps {
  readonly label: string;
  readonly error?: string | null | undefined;
  readonly hint?: string;
  readonly isLabelHidden?: boolean;
}

/** Rows shown at once; typing narrows the rest. */
const MOST_SHOWN = 60;

/** Chooses one of many by typing; arrows move, Enter chooses, Esc closes. */
export function Combobox({ label, error, hint, isLabelHidden, ...control }: ComboboxProps) {
  return (
    <Field
      label={label}
      error={error}
      {...(hint === undefined ? {} : { hint })}
      {...(isLabelHidden === undefined ? {} : { isLabelHidden })}
    >
      <Control {...control} />
    </Field>
  );
}

function Control({ options, value, onChange, placeholder }: ControlProps) {
  const t = useMessages("common");
  const list = useId();
  const root = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const chosen = options.find((option) => option.id === value);
  const shown = useMemo(() => optionsFor(options, typed ?? ""), [options, typed]);
  const optionId = (index: number): string => `${list}-${index}`;

  useEffect(() => {
    if (isOpen) root.current?.querySelector("[data-list]")?.scrollIntoView({ block: "nearest" });
  }, [isOpen]);
  useEffect(() => {
    root.current?.querySelector("[data-active]")?.scrollIntoView({ block: "nearest" });
  });

  const close = (): void => {
    setOpen(false);
    setActive(-1);
    setTyped(null);
  };
  const choose = (option: ComboboxOption): void => {
    close();
    onChange(option.id);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const option = shown[active];
    if (step !== undefined) {
      setOpen(true);
      setActive(stepped(active, step, shown.length));
    } else if (event.key === "Enter" && isOpen && option !== undefined) choose(option);
    else if (event.key === "Escape" && isOpen) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div ref={root} className="relative">
      <input
        {...useField()}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        aria-expanded={isOpen}
        aria-controls={isOpen ? list : undefined}
        aria-autocomplete="list"
        aria-activedescendant={active === -1 ? undefined : optionId(active)}
        value={typed ?? chosen?.label ?? ""}
        placeholder={placeholder}
        className={`${INPUT_CLASS} pr-10`}
        onChange={(event) => {
          setTyped(event.target.value);
          setOpen(true);
          setActive(event.target.value.trim() === "" ? -1 : 0);
        }}
        onClick={() => setOpen(true)}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      <Icon
        name="chevronDown"
        className="pointer-events-none absolute top-1/2 right-3 -translate-y-1/2 text-muted"
      />
      {isOpen && (
        <div
          data-list=""
          className="absolute inset-x-0 top-full z-40 mt-1 rounded-card border border-line bg-card shadow-overlay"
        >
          <div id={list} role="listbox" className="max-h-72 overflow-y-auto p-1 empty:hidden">
            {shown.map((option, index) => (
              <div
                key={option.id}
                id={optionId(index)}
                role="option"
                tabIndex={-1}
                aria-selected={option.id === value}
                data-active={index === active ? "" : undefined}
                className={classNames(
                  "flex min-h-10 cursor-pointer items-center justify-between gap-3 rounded-md px-3 hover:bg-sunken",
                  index === active && "bg-sunken outline-2 -outline-offset-2 outline-(--focus)",
                  option.id === value && "font-medium",
                )}
                // The focus stays in the field, or the list would close before the click.
                onPointerDown={(event) => event.preventDefault()}
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => choose(option)}
                onKeyDown={onKeyDown}
              >
                <span>{option.label}</span>
                {option.hint !== undefined && (
                  <span className="text-sm text-muted">{option.hint}</span>
                )}
              </div>
            ))}
          </div>
          <p role="status" className="px-4 py-2 text-sm text-muted empty:hidden">
            {shown.length === 0 && t("nothingFound")}
          </p>
        </div>
      )}
    </div>
  );
}

/** The options that hold every typed word, as many as are shown. */
export function optionsFor(options: readonly ComboboxOption[], typed: string): ComboboxOption[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return options
    .filter((option) => {
      const search = (option.search ?? option.label).toLowerCase();
      return words.every((word) => search.includes(word));
    })
    .slice(0, MOST_SHOWN);
}

/** The next row in a direction, round at the ends; from nowhere to the first or the last. */
export function stepped(active: number, step: number, count: number): number {
  if (count === 0) return -1;
  if (active === -1) return step > 0 ? 0 : count - 1;
  return (active + step + count) % count;
}
