import type { ReactNode } from "react";

interface ToolbarProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Controls of a list in one row that wraps. */
export function Toolbar({ label, children }: ToolbarProps) {
  return (
    <fieldset
      aria-label={label}
      className="toolbar no-print flex min-w-0 flex-wrap items-center gap-2"
    >
      {children}
    </fieldset>
  );
}
