import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { deviceOf } from "./device";
import type { SessionData } from "./own-documents";

interface SessionListProps {
  readonly sessions: readonly SessionData[];
  readonly onEnd: (session: SessionData) => void;
}

/** Sessions with device, address and times, each with a way to end it. */
export function SessionList({ sessions, onEnd }: SessionListProps) {
  const t = useMessages("access");
  return (
    <ul className="grid">
      {sessions.map((session) => (
        <li
          key={session.id}
          className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b border-line py-2 last:border-b-0"
        >
          <span className="min-w-56 flex-1">
            <span className="flex flex-wrap items-center gap-2" title={session.client}>
              {deviceOf(session.client) ?? t("sessions.unknown")}
              {session.isCurrent && <Badge tone="info">{t("sessions.current")}</Badge>}
            </span>
            <span className="caption block text-sm text-muted">
              {t("sessions.times", {
                address: session.address,
                since: formatDateTime(session.startedAt),
                used: formatDateTime(session.lastUsedAt),
              })}
            </span>
          </span>
          {!session.isCurrent && (
            <Button size="small" onClick={() => onEnd(session)}>
              {t("sessions.end")}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
