import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/Icon";
import { LinkButton } from "../../ui/LinkButton";
import { overviewUrl, tasksUrl } from "../../ui/urls";
import { usePageTitle } from "../../ui/use-page-title";

/** No page has this address; offers ways on. */
export function NotFoundPage() {
  const t = useMessages("shell");
  usePageTitle(t("notFound.title"));
  return (
    <div className="grid justify-items-center gap-1 px-6 py-16 text-center">
      <Icon name="search" size={28} className="mb-1 text-muted" />
      <h1 className="text-lg font-medium">{t("notFound.title")}</h1>
      <p className="caption text-sm text-muted">{t("notFound.next")}</p>
      <div className="mt-3 flex gap-2">
        <LinkButton to={overviewUrl()} variant="primary">
          {t("notFound.home")}
        </LinkButton>
        <LinkButton to={tasksUrl()}>{t("nav.tasks")}</LinkButton>
      </div>
    </div>
  );
}
