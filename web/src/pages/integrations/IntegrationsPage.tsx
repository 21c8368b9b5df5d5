import { AccountsQuery } from "../../features/access/account-documents";
import { variablesOf } from "../../features/access/tokens/ServiceAccounts";
import { graphiqlUrl } from "../../features/explorer/address";
import type { PageLoad } from "../../graphql/page-load";
import { useViewer } from "../../graphql/use-session";
import { loadMessages, useMessages } from "../../i18n/messages";
import { LinkButton } from "../../ui/LinkButton";
import { PageHeader } from "../../ui/PageHeader";
import { Tabs } from "../../ui/Tabs";
import { useUrlSearch } from "../../ui/use-url-search";
import { TABS } from "./tabs";

/** Starts the query of the first tab. */
export function loader({ client, search }: PageLoad): void {
  // What was done is told in the words of the audit trail.
  if (search.get("tab") === "webhooks") loadMessages("audit").catch(() => undefined);
  if (search.has("tab") || search.has("account")) return;
  client
    .query(AccountsQuery, { ...variablesOf(search.get("text") ?? ""), after: null })
    .toPromise()
    .catch(() => undefined);
}

/** 集成: how other systems call Duban: service accounts with their tokens, webhooks, and examples. */
export function IntegrationsPage() {
  const t = useMessages("integrations");
  const [search, setSearch] = useUrlSearch();
  const permissions = useViewer()?.permissions ?? [];
  const tabs = TABS.filter(
    ({ permission }) => permission === undefined || permissions.includes(permission),
  );
  const [first] = TABS;
  const { key, Panel } = tabs.find((tab) => tab.key === search.get("tab")) ?? first;
  const open = (next: string): void => {
    // Each tab has parameters of its own.
    const left = Object.fromEntries([...search.keys()].map((name) => [name, undefined]));
    setSearch({ ...left, tab: next === first.key ? undefined : next }, true);
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={t("lead")}
        actions={
          <LinkButton to={graphiqlUrl()} icon="external">
            {t("gql.open")}
          </LinkButton>
        }
      />
      <Tabs
        label={t("tabs")}
        value={key}
        tabs={tabs.map((tab) => ({ value: tab.key, label: t(`tab.${tab.key}`) }))}
        onChange={open}
      >
        <div className="pt-4">
          <Panel />
        </div>
      </Tabs>
    </>
  );
}
