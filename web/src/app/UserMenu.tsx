import { useRouter } from "@tanstack/react-router";
import type { ViewerData } from "../graphql/session-documents";
import { useLocale } from "../i18n/locale";
import { useMessages } from "../i18n/messages";
import { setPreferences, usePreferences } from "../i18n/preferences";
import { Badge } from "../ui/Badge";
import { Icon } from "../ui/Icon";
import { Menu } from "../ui/Menu";
import { helpUrl, importUrl, meUrl, orgsUrl } from "../ui/urls";
import { toggleTheme } from "./theme";

interface UserMenuProps {
  readonly viewer: ViewerData;
  readonly onSignOut: () => void;
}

/** Who is signed in, switches for the eyes and the language, and the way out. */
export function UserMenu({ viewer, onSignOut }: UserMenuProps) {
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
      className="flex min-h-9 items-center gap-2 px-2 hover:bg-sunken"
      trigger={
        <>
          <span
            aria-hidden="true"
            className="grid size-7 place-items-center rounded-full bg-sunken text-sm font-medium"
          >
            {account.displayName.slice(0, 1)}
          </span>
          <span className="max-w-32 truncate text-sm max-md:hidden">{account.displayName}</span>
          <Icon name="chevronDown" size={12} className="text-muted max-md:hidden" />
        </>
      }
      header={
        <>
          <p className="font-medium">
            {account.displayName} {account.isDemo && <Badge tone="warning">{t("menu.demo")}</Badge>}
          </p>
          <p className="text-sm text-muted">
            {account.department.shortName} · {grants.map((grant) => grant.roleName).join("、")}
          </p>
        </>
      }
      items={[
        ...(canImportPlans ? [importing] : []),
        { key: "orgs", label: t("nav.orgs"), icon: "tree", onSelect: go(orgsUrl()) },
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
