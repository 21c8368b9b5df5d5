import { useId } from "react";
import { classNames } from "./class-names";

interface SegmentedControlProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChange: (value: Value) => void;
  readonly className?: string;
}

/** One of two to seven, all visible; radio buttons underneath. Six or more stand in two rows on a phone. */
export function SegmentedControl<Value extends string>({
  label,
  value,
  options,
  onChange,
  className,
}: SegmentedControlProps<Value>) {
  const name = useId();
  const isInRows = options.length > 5;
  return (
    <fieldset
      data-wide={isInRows || undefined}
      className={classNames(
        "inline-flex max-w-full min-w-0 flex-wrap rounded-md border border-line-strong bg-card p-0.5 print:hidden pointer-coarse:p-0",
        isInRows && "max-sm:grid max-sm:w-full",
        isInRows && (options.length > 6 ? "max-sm:grid-cols-4" : "max-sm:grid-cols-3"),
        className,
      )}
    >
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <label
          key={option.value}
          className={classNames(
            "control relative inline-flex min-h-8 flex-auto cursor-pointer items-center justify-center rounded px-3 text-sm whitespace-nowrap has-focus-visible:outline-2 has-focus-visible:outline-(--focus)",
            isInRows && "max-sm:px-1",
            option.value === value ? "bg-sunken font-medium text-ink" : "text-muted hover:text-ink",
          )}
        >
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            className="absolute inset-0 cursor-pointer appearance-none opacity-0"
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </fieldset>
  );
}
