import { useState } from "react";
import { useQuery } from "urql";
import { AccountDrawer } from "../../features/access/AccountDrawer";
import { AccountTable } from "../../features/access/AccountTable";
import { AccountsQuery } from "../../features/access/account-documents";
import { InviteDialog } from "../../features/access/InviteDialog";
import type { PageLoad } from "../../graphql/page-load";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { EmptyState } from "../../ui/EmptyState";
import { Field } from "../../ui/Field";
import { PageHeader } from "../../ui/PageHeader";
import { SkeletonLines } from "../../ui/Skeleton";
import { TextInput } from "../../ui/TextInput";
import { useTypedText } from "../../ui/use-typed-text";
import { useUrlSearch } from "../../ui/use-url-search";

/** Starts the query of the page. */
export function loader({ client, search }: PageLoad): void {
  const text = search.get("text") ?? "";
  client
    .query(AccountsQuery, { filter: { text }, after: null })
    .toPromise()
    .catch(() => undefined);
}

/** 账号与授权: who has an account, which roles, and what may be done about it. */
export function AccountsPage() {
  const t = useMessages("accounts");
  const [search, setSearch] = useUrlSearch();
  const text = search.get("text") ?? "";
  const typing = useTypedText(text, (next) => setSearch({ text: next }));
  const [cursors, setCursors] = useState<readonly (string | null)[]>([null]);
  const [openId, setOpenId] = useState<string | null>(null);
  const [isInviting, setInviting] = useState(false);
  const [{ data, error }, read] = useQuery({
    query: AccountsQuery,
    variables: { filter: { text }, after: cursors.at(-1) ?? null },
  });
  const again = () => read({ requestPolicy: "network-only" });
  if (error !== undefined && data === undefined) {
    return <ErrorState isPage error={error} onRetry={again} />;
  }
  const accounts = data?.accounts.edges.map((edge) => edge.node) ?? [];
  const page = data?.accounts.pageInfo;
  const chosen = accounts.find((one) => one.id === openId);
  return (
    <div>
      <PageHeader
        title={t("title")}
        meta={data === undefined ? undefined : t("meta", { count: data.accounts.totalCount })}
        actions={
          data?.viewer?.canInvite === true && (
            <Button variant="primary" icon="plus" onClick={() => setInviting(true)}>
              {t("invite")}
            </Button>
          )
        }
      />
      <Field label={t("search")} isLabelHidden className="mb-3 sm:max-w-80 print:hidden">
        <TextInput type="search" placeholder={t("search")} {...typing.input} />
      </Field>
      {data === undefined && <SkeletonLines count={6} className="h-11" />}
      {data !== undefined && accounts.length === 0 && (
        <EmptyState title={t("none")}>{t("none.next")}</EmptyState>
      )}
      {accounts.length > 0 && (
        <Card isFlush>
          <AccountTable accounts={accounts} onOpen={(one) => setOpenId(one.id)} />
        </Card>
      )}
      {(cursors.length > 1 || page?.hasNextPage === true) && (
        <footer className="mt-3 flex justify-end gap-2 print:hidden">
          <Button disabled={cursors.length < 2} onClick={() => setCursors(cursors.slice(0, -1))}>
            {t("previous")}
          </Button>
          <Button
            disabled={page?.hasNextPage !== true}
            onClick={() => setCursors([...cursors, page?.endCursor ?? null])}
          >
            {t("next")}
          </Button>
        </footer>
      )}
      {chosen !== undefined && <AccountDrawer account={chosen} onClose={() => setOpenId(null)} />}
      {isInviting && <InviteDialog onClose={() => setInviting(false)} />}
    </div>
  );
}
