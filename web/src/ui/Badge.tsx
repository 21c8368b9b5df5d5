import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { TONE_CLASS, type Tone } from "./tones";

interface BadgeProps {
  readonly tone?: Tone;
  readonly className?: string;
  readonly title?: string;
  readonly children: ReactNode;
}

/** A word in a tinted pill. */
export function Badge({ tone = "neutral", className, title, children }: BadgeProps) {
  return (
    <span
      title={title}
      className={classNames(
        "inline-flex items-center gap-1 rounded px-1.5 text-xs leading-5 font-medium whitespace-nowrap",
        TONE_CLASS[tone],
        className,
      )}
    >
      {children}
    </span>
  );
}
