import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useViewer } from "../../graphql/use-session";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { DelegateDialog } from "./DelegateDialog";
import { DelegationItem } from "./DelegationItem";
import { EndDelegation, OwnDelegations } from "./own-documents";

const ended = (data: ResultOf<typeof EndDelegation>) => data.endDelegation;

/** 代理: who stands in for whom, with the way to begin and to end it. */
export function DelegationsCard() {
  const t = useMessages("access");
  const tell = useRefusal();
  const me = useViewer()?.account.id;
  const [isOpen, setOpen] = useState(false);
  const [{ data, error }, read] = useQuery({ query: OwnDelegations });
  const end = useAct(EndDelegation, ended);
  const again = () => read({ requestPolicy: "network-only" });
  const rows = data?.viewer?.delegations;
  return (
    <Card
      title={t("delegations")}
      subtitle={t("delegations.about")}
      actions={
        <Button size="small" icon="plus" onClick={() => setOpen(true)}>
          {t("delegations.new")}
        </Button>
      }
    >
      {error !== undefined && data === undefined && <ErrorState error={error} onRetry={again} />}
      {error === undefined && data === undefined && <SkeletonLines count={1} className="h-12" />}
      {rows?.length === 0 && <p className="text-muted">{t("delegations.none")}</p>}
      <ul className="grid">
        {rows?.map((row) => (
          <DelegationItem
            key={row.id}
            row={row}
            title={
              row.from.id === me
                ? t("delegations.given", { name: row.to.displayName })
                : t("delegations.received", { name: row.from.displayName })
            }
            onEnd={async () => {
              tell(await end({ delegationId: row.id }), t("delegations.ended"));
            }}
          />
        ))}
      </ul>
      {isOpen && (
        <DelegateDialog
          onClose={() => setOpen(false)}
          onDone={() => {
            setOpen(false);
            again();
          }}
        />
      )}
    </Card>
  );
}
