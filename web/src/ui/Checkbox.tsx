import type { ReactNode } from "react";

interface CheckboxProps {
  readonly isChecked: boolean;
  readonly onChange: (isChecked: boolean) => void;
  readonly isDisabled?: boolean;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** Yes or no, with its label beside it. */
export function Checkbox({ isChecked, onChange, isDisabled, hint, children }: CheckboxProps) {
  return (
    <label className="control inline-flex min-h-8 items-start gap-2 py-1">
      <input
        type="checkbox"
        checked={isChecked}
        disabled={isDisabled}
        className="mt-1 size-4 shrink-0 accent-(--brand)"
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>
        {children}
        {hint !== undefined && <span className="block text-sm text-muted">{hint}</span>}
      </span>
    </label>
  );
}
