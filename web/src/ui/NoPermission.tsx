import { useMessages } from "../i18n/messages";
import { useViewer } from "../graphql/use-session";
import { Icon } from "./Icon";
import { LinkButton } from "./LinkButton";
import { meUrl, orgsUrl } from "./urls";

/** The reader lacks the right; says whom to ask. */
export function NoPermission() {
  const t = useMessages("common");
  const viewer = useViewer();
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon name="lock" size={28} className="mb-1 text-muted" />
      <p className="font-medium">{t("noPermission")}</p>
      <p className="max-w-md text-sm text-muted">{t("noPermission.next")}</p>
      {viewer !== null && (
        <p className="text-sm text-muted">
          {t("noPermission.who", {
            name: viewer.account.displayName,
            roles: viewer.grants.map((grant) => grant.roleName).join("、"),
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
