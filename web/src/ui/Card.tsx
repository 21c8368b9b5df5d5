import { type ReactNode, useId } from "react";
import { classNames } from "./class-names";

interface CardProps {
  readonly title?: string;
  /** One line under the title. */
  readonly subtitle?: ReactNode;
  /** Links or buttons at the right of the title. */
  readonly actions?: ReactNode;
  readonly className?: string;
  /** Content runs to the edges (tables). */
  readonly isFlush?: boolean;
  readonly children: ReactNode;
}

/** A white panel with a hairline; with a title it is a landmark of its own. */
export function Card({
  title,
  subtitle,
  actions,
  className,
  isFlush = false,
  children,
}: CardProps) {
  const id = useId();
  const look = classNames("min-w-0 rounded-card border border-line bg-card shadow-card", className);
  const body = <div className={isFlush ? "" : "p-4 empty:p-0"}>{children}</div>;
  if (title === undefined) return <div className={look}>{body}</div>;
  return (
    <section aria-labelledby={id} className={look}>
      <header className="flex min-h-12 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line px-4 py-2 has-[+:empty]:border-b-0">
        <div className="min-w-0 flex-1 basis-48">
          <h2 id={id} className="text-base font-semibold">
            {title}
          </h2>
          {subtitle !== undefined && <p className="caption text-sm text-muted">{subtitle}</p>}
        </div>
        {actions !== undefined && <div className="contents print:hidden">{actions}</div>}
      </header>
      {body}
    </section>
  );
}
