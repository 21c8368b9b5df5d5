import { createContext, type ReactNode, use, useId } from "react";

/** What an input takes from the field around it. */
export interface FieldWiring {
  readonly id: string;
  readonly describedBy: string | undefined;
  readonly isInvalid: boolean;
  readonly isRequired: boolean;
}

const FieldContext = createContext<FieldWiring | null>(null);

interface FieldProps {
  readonly label: string;
  readonly hint?: ReactNode;
  /** One sentence on what to mend; shown beside the input and read out. */
  readonly error?: string | null | undefined;
  readonly isRequired?: boolean;
  readonly isLabelHidden?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
}

/** Label, hint and error around one input; the input inside is tied to them by itself. */
export function Field({
  label,
  hint,
  error,
  isRequired = false,
  isLabelHidden = false,
  className,
  children,
}: FieldProps) {
  const id = useId();
  const hasError = error !== undefined && error !== null && error !== "";
  const describedBy = [hint === undefined ? null : `${id}-hint`, hasError ? `${id}-error` : null]
    .filter((one) => one !== null)
    .join(" ");
  const wiring: FieldWiring = {
    id,
    describedBy: describedBy === "" ? undefined : describedBy,
    isInvalid: hasError,
    isRequired,
  };
  return (
    <div className={className}>
      <label
        htmlFor={id}
        className={isLabelHidden ? "sr-only" : "mb-1 block text-sm font-medium text-ink"}
      >
        {label}
        {isRequired && (
          <span aria-hidden="true" className="text-danger">
            {" *"}
          </span>
        )}
      </label>
      <FieldContext value={wiring}>{children}</FieldContext>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="caption mt-1 text-sm text-muted">
          {hint}
        </div>
      )}
      {hasError && (
        <p id={`${id}-error`} role="alert" className="mt-1 text-sm text-danger">
          {error}
        </p>
      )}
    </div>
  );
}

/** Attributes for an input inside a field; none outside of one. */
export function useField() {
  const wiring = use(FieldContext);
  if (wiring === null) return {};
  return {
    id: wiring.id,
    "aria-describedby": wiring.describedBy,
    "aria-invalid": wiring.isInvalid || undefined,
    "aria-required": wiring.isRequired || undefined,
  };
}

/** Look shared by all one-line inputs. */
export const INPUT_CLASS =
  "control min-h-10 w-full rounded-md border border-line-strong bg-card px-3 text-base text-ink aria-invalid:border-danger disabled:bg-sunken disabled:text-muted";
