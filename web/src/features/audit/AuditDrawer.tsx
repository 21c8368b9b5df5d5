import type { ReactNode } from "react";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Button } from "../../ui/Button";
import { Drawer } from "../../ui/Drawer";
import { linesOf } from "./detail";
import type { AuditEventRow } from "./fragments";
import { actionWords, kindWords } from "./words";

interface AuditDrawerProps {
  readonly event: AuditEventRow;
  readonly onClose: () => void;
  /** Narrows the trail to this person, or to this object. */
  readonly onNarrow: (change: Readonly<Record<string, string | undefined>>) => void;
}

/** All that one event tells: who, from where, what it was and is, its place in the chain. */
export function AuditDrawer({ event, onClose, onNarrow }: AuditDrawerProps) {
  const t = useMessages("audit");
  const { actor, onBehalfOf, objectKey } = event;
  return (
    <Drawer title={t("drawer.title", { number: event.number })} onClose={onClose}>
      <div className="grid gap-5">
        <p className="flex flex-wrap items-center gap-2 text-lg font-semibold">
          {actionWords(t, event.action) ?? event.action}
          <Badge tone={event.outcome === "DONE" ? "ok" : "danger"}>
            {t(`outcome.${event.outcome}`)}
          </Badge>
        </p>
        <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-4 gap-y-2">
          <Line name={t("column.time")}>{formatDateTime(event.occurredAt)}</Line>
          <Line name={t("column.actor")}>
            {actor === null ? t("actor.none") : `${actor.displayName}（${actor.login}）`}
          </Line>
          {onBehalfOf !== null && <Line name={t("onBehalfOf")}>{onBehalfOf.displayName}</Line>}
          <Line name={t("column.action")}>
            <code>{event.action}</code>
          </Line>
          <Line name={t("column.object")}>{kindWords(t, event.objectType)}</Line>
          <Line name={t("column.address")}>{event.address ?? t("address.none")}</Line>
          {event.requestKey !== null && (
            <Line name={t("request")}>
              <code className="break-all">{event.requestKey}</code>
            </Line>
          )}
          {event.sessionKey !== null && (
            <Line name={t("session")}>
              <code className="break-all">{event.sessionKey}</code>
            </Line>
          )}
          <Line name={t("hash")}>
            <code className="break-all">{event.hash}</code>
          </Line>
        </dl>
        <Detail event={event} />
        <div className="flex flex-wrap gap-2 print:hidden">
          {actor !== null && (
            <Button onClick={() => onNarrow({ actor: actor.id, event: undefined })}>
              {t("narrow.actor")}
            </Button>
          )}
          {objectKey !== null && (
            <Button onClick={() => onNarrow({ object: objectKey, event: undefined })}>
              {t("narrow.object")}
            </Button>
          )}
        </div>
      </div>
    </Drawer>
  );
}

function Line({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-sm whitespace-nowrap text-muted">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </>
  );
}

/** What the object was and is, or why the act was refused. */
function Detail({ event }: { readonly event: AuditEventRow }) {
  const t = useMessages("audit");
  const lines = linesOf(event.detail);
  if (lines.length === 0) return <p className="caption text-sm text-muted">{t("detail.none")}</p>;
  return (
    <section className="grid gap-2">
      <h3 className="font-semibold">
        {t(event.outcome === "DONE" ? "detail.title" : "detail.refused")}
      </h3>
      <ul className="grid gap-2">
        {lines.map((line) => (
          <li key={`${line.name}:${line.after}`} className="rounded-md bg-sunken px-3 py-2">
            {line.name !== "" && <span className="block text-sm text-muted">{line.name}</span>}
            {line.before !== null && (
              <>
                <del className="text-muted">{line.before}</del>
                <span aria-hidden="true"> → </span>
              </>
            )}
            <span className="break-words">{line.after}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
