import { useState } from "react";
import { useQuery } from "urql";
import type { ResultOf } from "../../graphql/graphql";
import { useAct } from "../../graphql/use-act";
import { useViewer } from "../../graphql/use-session";
import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { useRefusal } from "../../states/use-refusal";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Card } from "../../ui/Card";
import { SkeletonLines } from "../../ui/Skeleton";
import { DelegateDialog } from "./DelegateDialog";
import { type DelegationRow, EndDelegation, OwnDelegations } from "./own-documents";

const ended = (data: ResultOf<typeof EndDelegation>) => data.endDelegation;
const TONES = { PLANNED: "info", RUNNING: "ok", OVER: "neutral", ENDED: "neutral" } as const;

/** 代理: who stands in for whom, with the way to begin and to end it. */
export function DelegationsCard() {
  const t = useMessages("access");
  const tell = useRefusal();
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

interface DelegationItemProps {
  readonly row: DelegationRow;
  readonly onEnd: () => void;
}

function DelegationItem({ row, onEnd }: DelegationItemProps) {
  const t = useMessages("access");
  const me = useViewer()?.account.id;
  const isMine = row.from.id === me;
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0">
      <span className="min-w-56 flex-1">
        <span className="flex flex-wrap items-center gap-2">
          {isMine
            ? t("delegations.given", { name: row.to.displayName })
            : t("delegations.received", { name: row.from.displayName })}
          <Badge tone={TONES[row.state]}>{t(`delegations.${row.state}`)}</Badge>
        </span>
        <span className="text-sm text-muted">
          {t("days", { first: formatDate(row.firstDay), last: formatDate(row.lastDay) })} ·{" "}
          {row.reason}
        </span>
      </span>
      {row.viewerCanEnd && (
        <Button size="small" onClick={onEnd}>
          {t("delegations.end")}
        </Button>
      )}
    </li>
  );
}
