import { formatList } from "../i18n/format";
import { useRouter } from "@tanstack/react-router";
import type { RefObject } from "react";
import type { ViewerData } from "../graphql/session-documents";
import { useLocale } from "../i18n/locale";
import { useMessages } from "../i18n/messages";
import { setPreferences, usePreferences } from "../i18n/preferences";
import { Badge } from "../ui/Badge";
import { Menu } from "../ui/Menu";
import { helpUrl, importUrl, meUrl } from "../ui/urls";
import { toggleTheme } from "./theme";

interface UserMenuItemsProps {
  readonly viewer: ViewerData;
  /** Holds the button and the menu; a press outside closes it. */
  readonly root: RefObject<HTMLElement | null>;
  readonly onSignOut: () => void;
  readonly onClose: (focusGoesBack: boolean) => void;
}

/** What the person's menu opens with; loaded when the pointer or the focus comes near. */
export function UserMenuItems({ viewer, root, onSignOut, onClose }: UserMenuItemsProps) {
  const t = useMessages("shell");
  const router = useRouter();
  const { locale, setLocale } = useLocale();
  const { isLargeText } = usePreferences();
  const isDark = document.documentElement.dataset.theme === "dark";
  const { account, grants, canImportPlans } = viewer;
  const go = (to: string) => () => router.history.push(to);
  const importing = {
    key: "import",
    label: t("nav.import"),
    icon: "upload",
    onSelect: go(importUrl()),
  } as const;

  return (
    <Menu
      label={t("menu", { name: account.displayName })}
      root={root}
      onClose={onClose}
      header={
        <>
          <p className="font-medium">
            {account.displayName} {account.isDemo && <Badge tone="warning">{t("menu.demo")}</Badge>}
          </p>
          <p className="caption text-sm text-muted">
            {account.department.shortName} · {formatList(grants.map((grant) => grant.roleName))}
          </p>
        </>
      }
      items={[
        ...(canImportPlans ? [importing] : []),
        { key: "dark", label: t("menu.dark"), isChecked: isDark, onSelect: toggleTheme },
        {
          key: "large",
          label: t("menu.largeText"),
          isChecked: isLargeText,
          onSelect: () => setPreferences({ isLargeText: !isLargeText }),
        },
        {
          key: "locale",
          label: t("menu.locale"),
          icon: "text",
          onSelect: () => setLocale(locale === "en" ? "zh-CN" : "en"),
        },
        { key: "me", label: t("menu.settings"), icon: "user", onSelect: go(meUrl()) },
        { key: "help", label: t("menu.help"), icon: "help", hint: "?", onSelect: go(helpUrl()) },
        { key: "out", label: t("menu.signOut"), icon: "signOut", onSelect: onSignOut },
      ]}
    />
  );
}
