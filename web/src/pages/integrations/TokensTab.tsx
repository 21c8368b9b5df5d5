import { ServiceAccountDetail } from "../../features/access/tokens/ServiceAccountDetail";
import { ServiceAccounts } from "../../features/access/tokens/ServiceAccounts";
import { useMessages } from "../../i18n/messages";
import { Icon } from "../../ui/Icon";
import { Link } from "../../ui/Link";
import { integrationsUrl } from "../../ui/urls";
import { useUrlSearch } from "../../ui/use-url-search";
import { useViewFocus } from "./use-view-focus";

/** Service accounts, or the one that the address names with its tokens. */
export function TokensTab() {
  const t = useMessages("integrations");
  const [search] = useUrlSearch();
  const login = search.get("account");
  const view = useViewFocus(login);
  return (
    <div ref={view} tabIndex={-1} className="outline-none">
      {login === null ? (
        <ServiceAccounts />
      ) : (
        <>
          <Link
            to={integrationsUrl()}
            className="control mb-2 inline-flex items-center gap-1 text-link hover:underline print:hidden"
          >
            <Icon name="arrowLeft" />
            {t("accounts.all")}
          </Link>
          <ServiceAccountDetail key={login} login={login} />
        </>
      )}
    </div>
  );
}
