import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import type { DelegationRow } from "./own-documents";

const TONES = { PLANNED: "info", RUNNING: "ok", OVER: "neutral", ENDED: "neutral" } as const;

interface DelegationItemProps {
  readonly row: DelegationRow;
  /** Who stands in for whom, as the reader stands to it. */
  readonly title: string;
  readonly onEnd: () => void;
}

/** One delegation: who, where it stands, its days and why, and the way to end it. */
export function DelegationItem({ row, title, onEnd }: DelegationItemProps) {
  const t = useMessages("access");
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0">
      <span className="min-w-56 flex-1">
        <span className="flex flex-wrap items-center gap-2">
          {title}
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
