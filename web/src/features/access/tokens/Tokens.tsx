import { useState } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Button } from "../../../ui/Button";
import { Callout } from "../../../ui/Callout";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SkeletonLines } from "../../../ui/Skeleton";
import type { AccountRow } from "../account-documents";
import { IssueTokenDialog } from "./IssueTokenDialog";
import { RevokeTokenDialog } from "./RevokeTokenDialog";
import { ServiceAccountTokens, type TokenRow } from "./token-documents";
import { TokenTable } from "./TokenTable";

/** What is being done: a token made, perhaps in the place of another, or one taken back. */
type Doing =
  | { readonly kind: "issue"; readonly replaced: TokenRow | null }
  | { readonly kind: "revoke"; readonly token: TokenRow };

/** The tokens of a service account, for those who may make them and take them back. */
export function Tokens({ account }: { readonly account: AccountRow }) {
  const t = useMessages("integrations");
  const [doing, setDoing] = useState<Doing | null>(null);
  const [{ data, error }, read] = useQuery({
    query: ServiceAccountTokens,
    variables: { id: account.id },
    requestPolicy: "cache-and-network",
  });
  const all = data?.account?.apiTokens;
  const live = all?.filter((token) => token.state === "ACTIVE") ?? [];
  const ended = all?.filter((token) => token.state !== "ACTIVE") ?? [];
  const isDisabled = account.state === "DISABLED";
  const hasRole = account.grants.some((grant) => grant.state === "RUNNING");
  const done = (): void => setDoing(null);
  return (
    <Card
      title={t("tokens")}
      subtitle={t("tokens.about")}
      isFlush
      actions={
        <Button
          variant="primary"
          icon="plus"
          disabled={isDisabled || all === undefined}
          onClick={() => setDoing({ kind: "issue", replaced: null })}
        >
          {t("issue")}
        </Button>
      }
    >
      {isDisabled && (
        <div className="p-4 pb-0">
          <Callout tone="warning" title={t("tokens.disabled")} />
        </div>
      )}
      {!isDisabled && !hasRole && (
        <div className="p-4 pb-0">
          <Callout tone="warning" title={t("tokens.noRole")}>
            {t("tokens.noRole.next")}
          </Callout>
        </div>
      )}
      {all === undefined && error !== undefined && (
        <ErrorState error={error} onRetry={() => read({ requestPolicy: "network-only" })} />
      )}
      {all === undefined && error === undefined && (
        <div className="p-4">
          <SkeletonLines count={2} className="h-row" />
        </div>
      )}
      {all !== undefined && live.length === 0 && (
        <EmptyState title={t("tokens.none")} icon="lock">
          {t("tokens.none.next")}
        </EmptyState>
      )}
      {live.length > 0 && (
        <TokenTable
          label={t("tokens")}
          tokens={live}
          all={all ?? []}
          onReplace={
            isDisabled ? undefined : (token) => setDoing({ kind: "issue", replaced: token })
          }
          onRevoke={(token) => setDoing({ kind: "revoke", token })}
        />
      )}
      {ended.length > 0 && (
        <details className="border-t border-line">
          <summary className="control px-4 py-2.5 text-muted hover:text-ink">
            {t("tokens.ended", { count: ended.length })}
          </summary>
          <TokenTable
            label={t("tokens.ended", { count: ended.length })}
            tokens={ended}
            all={all ?? []}
          />
        </details>
      )}
      {doing?.kind === "issue" && (
        <IssueTokenDialog account={account} live={live} replaced={doing.replaced} onClose={done} />
      )}
      {doing?.kind === "revoke" && <RevokeTokenDialog token={doing.token} onClose={done} />}
    </Card>
  );
}
