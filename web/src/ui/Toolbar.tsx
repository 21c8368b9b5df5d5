import type { ReactNode } from "react";

interface ToolbarProps {
  readonly label: string;
  readonly children: ReactNode;
}

/** Controls of a list in one row that wraps. */
export function Toolbar({ label, children }: ToolbarProps) {
  return (
    <div role="group" aria-label={label} className="no-print flex flex-wrap items-center gap-2">
      {children}
    </div>
  );
}
