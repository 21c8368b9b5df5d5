import { formatList } from "../i18n/format";
import { useMessages } from "../i18n/messages";
import { useViewer } from "../graphql/use-session";
import { Icon } from "../ui/Icon";
import { LinkButton } from "../ui/LinkButton";
import { meUrl, orgsUrl } from "../ui/urls";
import { usePageTitle } from "../ui/use-page-title";

interface NoPermissionProps {
  /** Whether it stands for the whole page: then it heads it. */
  readonly isPage?: boolean;
}

/** The reader lacks the right; says whom to ask. */
export function NoPermission({ isPage = false }: NoPermissionProps) {
  const t = useMessages("common");
  usePageTitle(isPage ? t("noPermission") : null);
  const Title = isPage ? "h1" : "p";

  const viewer = useViewer();
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon name="lock" size={28} className="mb-1 text-muted" />
      <Title className="font-medium">{t("noPermission")}</Title>
      <p className="max-w-md text-sm text-muted">{t("noPermission.next")}</p>
      {viewer !== null && (
        <p className="caption text-sm text-muted">
          {t("noPermission.who", {
            name: viewer.account.displayName,
            roles: formatList(viewer.grants.map((grant) => grant.roleName)),
          })}
        </p>
      )}
      <div className="mt-3 flex flex-wrap justify-center gap-2">
        <LinkButton to={orgsUrl()} icon="tree">
          {t("noPermission.orgs")}
        </LinkButton>
        <LinkButton to={meUrl()} icon="user">
          {t("noPermission.me")}
        </LinkButton>
      </div>
    </div>
  );
}
