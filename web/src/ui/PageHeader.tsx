import type { ReactNode } from "react";
import { Phrases } from "./Phrases";
import { usePageTitle } from "./use-page-title";

interface PageHeaderProps {
  readonly title: string;
  /** Above the title: where one is, e.g. a link back. */
  readonly overline?: ReactNode;
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
}

/** The one `h1` of a page, and the title of the window. */
export function PageHeader({ title, overline, meta, actions }: PageHeaderProps) {
  usePageTitle(title);
  return (
    <header className="mb-4 flex flex-wrap items-end justify-between gap-x-6 gap-y-3 max-sm:has-[[data-small]:only-child]:flex-nowrap">
      <div className="min-w-0">
        {overline !== undefined && (
          <div className="no-print mb-1 text-sm text-muted">{overline}</div>
        )}
        <h1
          tabIndex={-1}
          className="phrases text-xl leading-snug font-semibold text-balance outline-none max-md:text-lg"
        >
          <Phrases text={title} />
        </h1>
        {meta !== undefined && <div className="caption mt-1 text-sm text-muted">{meta}</div>}
      </div>
      {actions !== undefined && actions !== false && actions !== null && (
        <div className="no-print flex flex-wrap gap-2 max-sm:has-[>[data-wide]]:w-full">
          {actions}
        </div>
      )}
    </header>
  );
}
