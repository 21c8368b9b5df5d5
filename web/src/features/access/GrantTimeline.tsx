import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import type { GrantRow } from "./account-documents";

const TONES = { PLANNED: "info", RUNNING: "ok", OVER: "neutral" } as const;
const ORDER = { RUNNING: 0, PLANNED: 1, OVER: 2 } as const;

interface GrantTimelineProps {
  readonly grants: readonly GrantRow[];
  readonly onEnd: (grant: GrantRow) => void;
}

/** Every role an account was given, those in force first. */
export function GrantTimeline({ grants, onEnd }: GrantTimelineProps) {
  const t = useMessages("accounts");
  const sorted = grants.toSorted(
    (a, b) => ORDER[a.state] - ORDER[b.state] || b.firstDay.localeCompare(a.firstDay),
  );
  if (sorted.length === 0) return <p className="text-muted">{t("grants.none")}</p>;
  return (
    <ul className="grid">
      {sorted.map((grant) => (
        <li
          key={grant.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0"
        >
          <span className="min-w-48 flex-1">
            <span className="flex flex-wrap items-center gap-2">
              {grant.roleName}
              <Badge tone={TONES[grant.state]}>{t(`grant.${grant.state}`)}</Badge>
            </span>
            <span className="caption block text-sm text-muted">
              {grant.department.shortName} · {t(`reach.${grant.reach}`)} ·{" "}
              {grant.lastDay === null
                ? t("grant.since", { first: formatDate(grant.firstDay) })
                : t("grant.days", {
                    first: formatDate(grant.firstDay),
                    last: formatDate(grant.lastDay),
                  })}
            </span>
          </span>
          {grant.viewerCanEnd && (
            <Button size="small" onClick={() => onEnd(grant)}>
              {t("grant.end")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
