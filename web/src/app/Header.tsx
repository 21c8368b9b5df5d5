import { lazy, Suspense } from "react";
import type { ViewerData } from "../graphql/session-documents";
import { loadMessages, useMessages } from "../i18n/messages";
import { usePreferences } from "../i18n/preferences";
import { Icon } from "../ui/Icon";
import { IconButton } from "../ui/IconButton";
import { KeyHint } from "../ui/KeyHint";
import { Link } from "../ui/Link";
import { overviewUrl } from "../ui/urls";
import { HeaderNavigation } from "./HeaderNavigation";
import { toggleTheme } from "./theme";
import { UserMenu } from "./UserMenu";

const UnreadMark = lazy(async () => {
  const [module] = await Promise.all([import("./UnreadMark"), loadMessages("notifications")]);
  return { default: module.UnreadMark };
});

interface HeaderProps {
  readonly viewer: ViewerData;
  readonly path: string;
  readonly onSearch: () => void;
  readonly onSearchSoon: () => void;
  readonly onSignOut: () => void;
}

/** Brand, main navigation, search and the person's menu. */
export function Header({ viewer, path, onSearch, onSearchSoon, onSignOut }: HeaderProps) {
  const t = useMessages("shell");
  return (
    <header className="no-print sticky top-0 z-30 border-b border-line bg-card">
      <div className="mx-auto flex h-14 w-full max-w-[1360px] items-center gap-4 px-6 max-md:px-4">
        <Brand />
        <HeaderNavigation viewer={viewer} path={path} />
        <div className="ml-auto flex shrink-0 items-center gap-1">
          <button
            type="button"
            className="control flex min-h-9 items-center gap-2 rounded-md border border-line px-3 text-sm text-muted hover:bg-sunken max-lg:hidden"
            onClick={onSearch}
            onMouseEnter={onSearchSoon}
            onFocus={onSearchSoon}
          >
            <Icon name="search" />
            {t("search")}
            <KeyHint keys={["Ctrl", "K"]} />
          </button>
          <span className="lg:hidden">
            <IconButton icon="search" label={t("search.short")} onClick={onSearch} />
          </span>
          <Suspense fallback={<span className="size-9" />}>
            <UnreadMark path={path} />
          </Suspense>
          <span className="max-md:hidden">
            <ThemeButton />
          </span>
          <UserMenu viewer={viewer} onSignOut={onSignOut} />
        </div>
      </div>
    </header>
  );
}

function Brand() {
  const t = useMessages("common");
  return (
    <Link to={overviewUrl()} className="flex shrink-0 items-center gap-2.5 font-semibold text-ink">
      <span aria-hidden="true" className="boot-mark">
        督
      </span>
      <span className="text-lg tracking-wide">{t("product")}</span>
    </Link>
  );
}

function ThemeButton() {
  const t = useMessages("shell");
  usePreferences();
  const isDark = document.documentElement.dataset.theme === "dark";
  return (
    <IconButton
      icon={isDark ? "sun" : "moon"}
      label={t(isDark ? "theme.toLight" : "theme.toDark")}
      onClick={toggleTheme}
    />
  );
}
