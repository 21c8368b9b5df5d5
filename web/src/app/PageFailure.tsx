import { useMessages } from "../i18n/messages";
import { Button } from "../ui/Button";
import { Icon } from "../ui/Icon";

/** A page broke while it was drawn; the navigation around it still works. */
export function PageFailure() {
  const t = useMessages("common");
  return (
    <div role="alert" className="grid justify-items-center gap-1 px-6 py-16 text-center">
      <Icon name="alert" size={28} className="text-danger" />
      <h1 className="font-medium">{t("error.page")}</h1>
      <p className="caption text-sm text-muted">{t("error.page.next")}</p>
      <Button className="mt-3" onClick={() => window.location.reload()}>
        {t("reload")}
      </Button>
    </div>
  );
}
