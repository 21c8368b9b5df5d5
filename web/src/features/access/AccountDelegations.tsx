import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { SkeletonLines } from "../../ui/Skeleton";
import { useToast } from "../../ui/Toast";
import type { AccountRow } from "./account-documents";
import { DelegateDialog } from "./DelegateDialog";
import { DelegationItem } from "./DelegationItem";
import { AccountDelegationsQuery, EndDelegation } from "./own-documents";

const ended = (data: ResultOf<typeof EndDelegation>) => data.endDelegation;

/** Who stands in for somebody else, for those who may let and end it. */
export function AccountDelegations({ account }: { readonly account: AccountRow }) {
  const t = useMessages("accounts");
  const words = useMessages("access");
  const tell = useRefusal();
  const toast = useToast();
  const [isDelegating, setDelegating] = useState(false);
  const [{ data, error }, read] = useQuery({
    query: AccountDelegationsQuery,
    variables: { id: account.id },
    requestPolicy: "cache-and-network",
  });
  const end = useAct(EndDelegation, ended);
  const again = () => read({ requestPolicy: "network-only" });
  const rows = data?.account?.delegations;
  return (
    <section aria-labelledby="delegations-title" className="grid justify-items-start gap-2">
      <h3 id="delegations-title" className="font-semibold">
        {words("delegations")}
      </h3>
      <p className="caption text-sm text-muted">{t("delegate.about")}</p>
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={again} />}
      {error === undefined && data === undefined && <SkeletonLines count={1} className="h-10" />}
      {rows?.length === 0 && <p className="text-muted">{t("delegate.none")}</p>}
      <ul className="grid w-full">
        {rows?.map((row) => (
          <DelegationItem
            key={row.id}
            row={row}
            title={t("delegate.given", { name: row.to.displayName })}
            onEnd={async () => {
              tell(await end({ delegationId: row.id }), words("delegations.ended"));
            }}
          />
        ))}
      </ul>
      <Button size="small" icon="plus" onClick={() => setDelegating(true)}>
        {words("delegations.new")}
      </Button>
      {isDelegating && (
        <DelegateDialog
          from={account}
          onDone={() => {
            setDelegating(false);
            toast({ message: t("delegate.done") });
            again();
          }}
          onClose={() => setDelegating(false)}
        />
      )}
    </section>
  );
}
