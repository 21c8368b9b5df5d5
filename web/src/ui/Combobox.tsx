import { lazy, Suspense } from "react";
import { Skeleton } from "./Skeleton";

export interface ComboboxOption {
  readonly id: string;
  readonly label: string;
  /** Grey words at the right, e.g. a code. */
  readonly hint?: string;
  /** Everything that typed text is held against; the label where missing. */
  readonly search?: string;
}

export interface ComboboxProps {
  readonly label: string;
  readonly options: readonly ComboboxOption[];
  /** Id of the chosen option. */
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
  readonly error?: string | null | undefined;
  readonly hint?: string;
  readonly placeholder?: string;
  readonly isLabelHidden?: boolean;
}

const ComboboxControl = lazy(() =>
  import("./ComboboxControl").then((module) => ({ default: module.ComboboxControl })),
);

/** Chooses one of many by typing; its code is loaded when first shown. */
export function Combobox(props: ComboboxProps) {
  return (
    <Suspense fallback={<Skeleton className={props.isLabelHidden === true ? "h-10" : "h-16"} />}>
      <ComboboxControl {...props} />
    </Suspense>
  );
}
