import { lazy, Suspense } from "react";
import { formatList } from "../../i18n/format";
import { DelegationsCard } from "../../features/access/DelegationsCard";
import { FactorCard } from "../../features/access/FactorCard";
import { PasswordCard } from "../../features/access/PasswordCard";
import { SessionsCard } from "../../features/access/SessionsCard";
import { signOut } from "../../graphql/session";
import { useViewer } from "../../graphql/use-session";
import { loadMessages, useMessages } from "../../i18n/messages";
import { setPreferences, usePreferences } from "../../i18n/preferences";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { Checkbox } from "../../ui/Checkbox";
import { Link } from "../../ui/Link";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { helpUrl, orgsUrl } from "../../ui/urls";

const THEMES = ["system", "light", "dark"] as const;
const LOCALES = ["zh-CN", "en"] as const;

/** Loaded with its words when the page is shown. */
const NotificationSettings = lazy(async () => {
  const [module] = await Promise.all([
    import("../../features/notification/NotificationSettings"),
    loadMessages("notifications", "act"),
  ]);
  return { default: module.NotificationSettings };
});

/** Who one is here, how the pages look, how one is told, and the way out. */
export function MePage() {
  const t = useMessages("me");
  const words = useMessages("common");
  const viewer = useViewer();
  const choices = usePreferences();
  if (viewer === null) return null;
  const { account, grants } = viewer;
  return (
    <div className="mx-auto max-w-3xl">
      <PageHeader title={t("title")} />
      <div className="grid gap-4">
        <Card
          title={t("account")}
          actions={
            <Button icon="signOut" size="small" onClick={() => void signOut()}>
              {t("signOut")}
            </Button>
          }
        >
          <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-2">
            <dt className="text-muted">{t("account.name")}</dt>
            <dd>
              {account.displayName}{" "}
              {account.isDemo && <Badge tone="warning">{words("demo")}</Badge>}
            </dd>
            <dt className="text-muted">{t("account.login")}</dt>
            <dd>{account.login}</dd>
            <dt className="text-muted">{t("account.department")}</dt>
            <dd>
              <Link to={orgsUrl(account.department.code)} className="text-link hover:underline">
                {account.department.name}
              </Link>
            </dd>
            <dt className="text-muted">{t("account.roles")}</dt>
            <dd>{formatList(grants.map((grant) => grant.roleName))}</dd>
          </dl>
        </Card>
        <DelegationsCard />
        <PasswordCard />
        <FactorCard />
        <SessionsCard />
        <Card title={t("look")} subtitle={t("saved")}>
          <div className="grid gap-4">
            <Choice name={t("theme")}>
              <SegmentedControl
                label={t("theme")}
                value={choices.theme}
                options={THEMES.map((value) => ({ value, label: t(`theme.${value}`) }))}
                onChange={(theme) => setPreferences({ theme })}
              />
            </Choice>
            <Choice name={t("language")}>
              <SegmentedControl
                label={t("language")}
                value={choices.locale}
                options={LOCALES.map((value) => ({ value, label: t(`language.${value}`) }))}
                onChange={(locale) => setPreferences({ locale })}
              />
            </Choice>
            <Checkbox
              isChecked={choices.isLargeText}
              hint={t("largeText.hint")}
              onChange={(isLargeText) => setPreferences({ isLargeText })}
            >
              {t("largeText")}
            </Checkbox>
          </div>
        </Card>
        <Suspense fallback={<SkeletonLines count={3} className="h-12" />}>
          <NotificationSettings />
        </Suspense>
        <Card
          title={t("keys")}
          actions={
            <Link
              to={helpUrl()}
              className="control inline-flex items-center text-sm text-link hover:underline"
            >
              {t("shortcuts.all")}
            </Link>
          }
        >
          <Checkbox
            isChecked={choices.hasShortcuts}
            hint={t("shortcuts.hint")}
            onChange={(hasShortcuts) => setPreferences({ hasShortcuts })}
          >
            {t("shortcuts")}
          </Checkbox>
        </Card>
      </div>
    </div>
  );
}

function Choice({ name, children }: { readonly name: string; readonly children: React.ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
      <span aria-hidden="true" className="w-24 text-muted">
        {name}
      </span>
      {children}
    </div>
  );
}
