import type { ReactNode } from "react";

interface TooltipProps {
  readonly text: string;
  readonly children: ReactNode;
}

/** Shows the name of a control on hover and focus; the control itself must carry the name. */
export function Tooltip({ text, children }: TooltipProps) {
  return (
    <span className="group/tip relative inline-flex">
      {children}
      <span
        aria-hidden="true"
        className="pointer-events-none absolute top-full left-1/2 z-30 mt-1 hidden -translate-x-1/2 rounded bg-ink px-2 py-0.5 text-xs whitespace-nowrap text-paper group-has-focus-visible/tip:block group-hover/tip:block pointer-coarse:!hidden"
      >
        {text}
      </span>
    </span>
  );
}
