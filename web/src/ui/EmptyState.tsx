import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";
import { usePageTitle } from "./use-page-title";

interface EmptyStateProps {
  readonly title: string;
  /** What to do next. */
  readonly children?: ReactNode;
  readonly icon?: IconName;
  readonly actions?: ReactNode;
  /** Whether it stands for the whole page: then its title is the heading of the page. */
  readonly isPage?: boolean;
}

/** Nothing to show, and what to do next. */
export function EmptyState({
  title,
  children,
  icon = "document",
  actions,
  isPage = false,
}: EmptyStateProps) {
  usePageTitle(isPage ? title : null);
  const Title = isPage ? "h1" : "p";
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon name={icon} size={28} className="mb-1 text-muted" />
      <Title className="font-medium">{title}</Title>
      {children !== undefined && (
        <div className="caption max-w-md text-sm text-muted">{children}</div>
      )}
      {actions !== undefined && (
        <div className="mt-3 flex flex-wrap justify-center gap-2">{actions}</div>
      )}
    </div>
  );
}
