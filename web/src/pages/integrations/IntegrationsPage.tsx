import { AccountsQuery } from "../../features/access/account-documents";
import { variablesOf } from "../../features/access/tokens/ServiceAccounts";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { PageHeader } from "../../ui/PageHeader";
import { Tabs } from "../../ui/Tabs";
import { useUrlSearch } from "../../ui/use-url-search";
import { TABS } from "./tabs";

/** Starts the query of the first tab. */
export function loader({ client, search }: PageLoad): void {
  if (search.has("tab") || search.has("account")) return;
  client
    .query(AccountsQuery, { ...variablesOf(search.get("text") ?? ""), after: null })
    .toPromise()
    .catch(() => undefined);
}

/** 集成: how other systems call Duban: service accounts with their tokens, and examples. */
export function IntegrationsPage() {
  const t = useMessages("integrations");
  const [search, setSearch] = useUrlSearch();
  const [first] = TABS;
  const { key, Panel } = TABS.find((tab) => tab.key === search.get("tab")) ?? first;
  const open = (next: string): void => {
    // Each tab has parameters of its own.
    const left = Object.fromEntries([...search.keys()].map((name) => [name, undefined]));
    setSearch({ ...left, tab: next === first.key ? undefined : next }, true);
  };
  return (
    <>
      <PageHeader title={t("title")} meta={t("lead")} />
      <Tabs
        label={t("tabs")}
        value={key}
        tabs={TABS.map((tab) => ({ value: tab.key, label: t(`tab.${tab.key}`) }))}
        onChange={open}
      >
        <div className="pt-4">
          <Panel />
        </div>
      </Tabs>
    </>
  );
}
