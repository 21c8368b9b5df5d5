import { useMessages } from "../i18n/messages";
import { Icon } from "./Icon";

/** The reader lacks the right; says whom to ask. */
export function NoPermission() {
  const t = useMessages("common");
  return (
    <div className="grid justify-items-center gap-1 px-6 py-10 text-center">
      <Icon name="user" size={28} className="mb-1 text-muted" />
      <p className="font-medium">{t("noPermission")}</p>
      <p className="max-w-md text-sm text-muted">{t("noPermission.next")}</p>
    </div>
  );
}
