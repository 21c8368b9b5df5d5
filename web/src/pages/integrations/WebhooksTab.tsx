import { WebhookDetail } from "../../features/access/webhooks/WebhookDetail";
import { webhooksUrl } from "../../features/access/webhooks/address";
import { Webhooks } from "../../features/access/webhooks/Webhooks";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { useUrlSearch } from "../../ui/use-url-search";
import { useViewFocus } from "./use-view-focus";

/** All endpoints, or the one that the address names with its messages. */
export function WebhooksTab() {
  const t = useMessages("integrations");
  const [search, setSearch] = useUrlSearch();
  const id = search.get("webhook");
  const view = useViewFocus(id);
  return (
    <div ref={view} tabIndex={-1} className="outline-none">
      {id === null ? (
        <Webhooks />
      ) : (
        <>
          <Link
            to={webhooksUrl()}
            className="control mb-2 inline-flex items-center gap-1 text-link hover:underline print:hidden"
          >
            <Icon name="arrowLeft" />
            {t("hook.all")}
          </Link>
          <WebhookDetail
            key={id}
            id={id}
            onRemoved={() => setSearch({ webhook: undefined, state: undefined })}
          />
        </>
      )}
    </div>
  );
}
