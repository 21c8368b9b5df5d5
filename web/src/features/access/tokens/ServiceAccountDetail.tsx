import { useState } from "react";
import { useQuery } from "urql";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { Badge } from "../../../ui/Badge";
import { Button } from "../../../ui/Button";
import { Card } from "../../../ui/Card";
import { EmptyState } from "../../../ui/EmptyState";
import { SkeletonLines } from "../../../ui/Skeleton";
import type { AccountRow, GrantRow } from "../account-documents";
import { AccountActs } from "../AccountActs";
import { STATE_TONES } from "../AccountTable";
import { EndGrantDialog } from "../EndGrantDialog";
import { GrantDialog } from "../GrantDialog";
import { GrantTimeline } from "../GrantTimeline";
import { ServiceAccount } from "./token-documents";
import { Tokens } from "./Tokens";

/** One service account by its login: its facts, its roles, its tokens. */
export function ServiceAccountDetail({ login }: { readonly login: string }) {
  const t = useMessages("integrations");
  const [{ data, error }, read] = useQuery({
    query: ServiceAccount,
    variables: { id: login },
    requestPolicy: "cache-and-network",
  });
  if (data === undefined) {
    const again = () => read({ requestPolicy: "network-only" });
    return error === undefined ? (
      <SkeletonLines count={6} className="h-row" />
    ) : (
      <ErrorState error={error} onRetry={again} />
    );
  }
  const { account } = data;
  if (account?.isService !== true) {
    return (
      <EmptyState title={t("accounts.unknown")} icon="search">
        {t("accounts.unknown.next")}
      </EmptyState>
    );
  }
  return (
    <div className="print-wide grid min-w-0 gap-4">
      <Card title={account.displayName} subtitle={account.login}>
        <div className="grid gap-x-10 gap-y-6 md:grid-cols-2">
          <Facts account={account} />
          <Roles account={account} />
        </div>
      </Card>
      {account.viewerCanManageTokens ? (
        <Tokens account={account} />
      ) : (
        <p className="caption text-sm text-muted">{t("tokens.others")}</p>
      )}
    </div>
  );
}

function Facts({ account }: { readonly account: AccountRow }) {
  const t = useMessages("integrations");
  const states = useMessages("accounts");
  return (
    <div className="grid content-start gap-6">
      <dl className="grid grid-cols-[6rem_minmax(0,1fr)] gap-y-2">
        <dt className="text-muted">{t("unit")}</dt>
        <dd>{account.department.shortName}</dd>
        <dt className="text-muted">{t("state")}</dt>
        <dd>
          <Badge tone={STATE_TONES[account.state]}>{states(`state.${account.state}`)}</Badge>
        </dd>
      </dl>
      {account.viewerCanManage && <AccountActs account={account} />}
    </div>
  );
}

/** Its roles over time; given and ended as those of a person. */
function Roles({ account }: { readonly account: AccountRow }) {
  const t = useMessages("integrations");
  const words = useMessages("accounts");
  const [isGranting, setGranting] = useState(false);
  const [ending, setEnding] = useState<GrantRow | null>(null);
  return (
    <section aria-labelledby="roles-title">
      <header className="mb-1 flex items-center justify-between gap-3">
        <h3 id="roles-title" className="font-semibold">
          {t("roles")}
        </h3>
        {account.viewerCanGrant && (
          <Button size="small" icon="plus" onClick={() => setGranting(true)}>
            {words("grant")}
          </Button>
        )}
      </header>
      <GrantTimeline grants={account.grants} onEnd={setEnding} />
      {isGranting && (
        <GrantDialog
          account={account}
          onDone={() => setGranting(false)}
          onClose={() => setGranting(false)}
        />
      )}
      {ending !== null && (
        <EndGrantDialog
          grant={ending}
          name={account.displayName}
          onDone={() => setEnding(null)}
          onClose={() => setEnding(null)}
        />
      )}
    </section>
  );
}
