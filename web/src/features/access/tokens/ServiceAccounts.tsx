import { useState } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useAllPages } from "../../../graphql/use-all-pages";
import { useViewer } from "../../../graphql/use-session";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { Field } from "../../../ui/Field";
import { SkeletonLines } from "../../../ui/Skeleton";
import { TextInput } from "../../../ui/TextInput";
import { useToast } from "../../../ui/Toast";
import { useTypedText } from "../../../ui/use-typed-text";
import { useUrlSearch } from "../../../ui/use-url-search";
import { type AccountRow, AccountsQuery } from "../account-documents";
import { CreateServiceDialog } from "./CreateServiceDialog";
import { ServiceAccountTable } from "./ServiceAccountTable";
import { useTokens } from "./use-tokens";

const pick = (data: ResultOf<typeof AccountsQuery>) => data.accounts;

/** What the list of service accounts is asked with. */
export const variablesOf = (text: string) => ({ filter: { text, isService: true } });

/** The service accounts in reach, and making one. */
export function ServiceAccounts() {
  const t = useMessages("integrations");
  const toast = useToast();
  const [search, setSearch] = useUrlSearch();
  const text = search.get("text") ?? "";
  const typing = useTypedText(text, (next) => setSearch({ text: next }));
  const [isCreating, setCreating] = useState(false);
  const { nodes, isComplete, error, reload } = useAllPages(AccountsQuery, variablesOf(text), pick);
  const mayCreate = useHolds("account.manage");
  const isEmpty = isComplete && nodes.length === 0;
  const create = mayCreate && (
    <Button variant="primary" icon="plus" onClick={() => setCreating(true)}>
      {t("create")}
    </Button>
  );
  return (
    <div className="grid min-w-0 gap-3">
      <div className="flex flex-wrap items-end justify-between gap-3">
        <p className="caption text-muted">{t("accounts.about")}</p>
        {!(isEmpty && text === "") && create}
      </div>
      {!(isEmpty && text === "") && (
        <Field label={t("accounts.search")} isLabelHidden className="sm:max-w-80 print:hidden">
          <TextInput
            type="search"
            data-search=""
            placeholder={t("accounts.search")}
            {...typing.input}
          />
        </Field>
      )}
      <p aria-live="polite" className="sr-only">
        {isComplete && t("accounts.count", { count: nodes.length })}
      </p>
      {error !== undefined && nodes.length === 0 && <ErrorState error={error} onRetry={reload} />}
      {error === undefined && !isComplete && nodes.length === 0 && (
        <SkeletonLines count={4} className="h-row" />
      )}
      {isEmpty && text === "" && (
        <Card>
          <EmptyState title={t("accounts.none")} icon="link" actions={create}>
            {t(mayCreate ? "accounts.none.create" : "accounts.none.ask")}
          </EmptyState>
        </Card>
      )}
      {isEmpty && text !== "" && (
        <EmptyState title={t("accounts.nothing")} icon="search">
          {t("accounts.nothing.next")}
        </EmptyState>
      )}
      {nodes.length > 0 && (
        <Card isFlush>
          <Table accounts={nodes} />
        </Card>
      )}
      {isCreating && (
        <CreateServiceDialog
          onClose={() => setCreating(false)}
          onDone={(account) => {
            setCreating(false);
            toast({ message: t("created") });
            if (account !== null) setSearch({ account: account.login, text: undefined }, true);
          }}
        />
      )}
    </div>
  );
}

function useHolds(permission: string): boolean {
  return useViewer()?.permissions.includes(permission) === true;
}

/** The table, with tokens for those who manage them. */
function Table({ accounts }: { readonly accounts: readonly AccountRow[] }) {
  // The server refuses the whole request to whoever may not read tokens, so it is not asked.
  return useHolds("token.manage") ? (
    <WithTokens accounts={accounts} />
  ) : (
    <ServiceAccountTable accounts={accounts} tokens={null} />
  );
}

function WithTokens({ accounts }: { readonly accounts: readonly AccountRow[] }) {
  return <ServiceAccountTable accounts={accounts} tokens={useTokens()} />;
}
