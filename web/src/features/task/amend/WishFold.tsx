import type { ReactNode } from "react";
import { Icon } from "../../../ui/Icon";

interface WishFoldProps {
  readonly title: string;
  /** What the server says of it; opens the fold. */
  readonly error: string | undefined;
  readonly children: ReactNode;
}

/** Fields that few amendments need, folded until somebody opens them. */
export function WishFold({ title, error, children }: WishFoldProps) {
  return (
    <details
      className="group/fold rounded-md border border-line px-3"
      {...(error === undefined ? {} : { open: true })}
    >
      <summary className="control flex min-h-9 list-none items-center justify-between text-sm font-medium [&::-webkit-details-marker]:hidden">
        {title}
        <Icon
          name="chevronDown"
          className="text-muted transition-transform group-open/fold:rotate-180"
        />
      </summary>
      <fieldset className="grid gap-3 pb-3">
        <legend className="sr-only">{title}</legend>
        {children}
        {error !== undefined && (
          <p role="alert" className="text-sm text-danger">
            {error}
          </p>
        )}
      </fieldset>
    </details>
  );
}
