import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { VirtualTable, type VirtualColumn } from "../../ui/VirtualTable";
import type { AuditEventRow } from "./fragments";
import { actionWords, kindWords } from "./words";

interface AuditTableProps {
  readonly events: readonly AuditEventRow[];
  /** Opens one event. */
  readonly onOpen: (event: AuditEventRow) => void;
}

/** The trail, the newest event first; a row opens what the event tells. */
export function AuditTable({ events, onOpen }: AuditTableProps) {
  const t = useMessages("audit");
  const columns: readonly VirtualColumn<AuditEventRow>[] = [
    { key: "number", header: t("column.number"), width: "5.5rem", align: "end", cell: numberOf },
    {
      key: "time",
      header: t("column.time"),
      width: "13rem",
      cell: (event) => formatDateTime(event.occurredAt),
    },
    {
      key: "actor",
      header: t("column.actor"),
      width: "minmax(8rem,1fr)",
      cell: (event) => <Actor event={event} />,
    },
    {
      key: "action",
      header: t("column.action"),
      width: "minmax(12rem,2fr)",
      isRowHeader: true,
      cell: (event) => <Action event={event} onOpen={onOpen} />,
    },
    {
      key: "object",
      header: t("column.object"),
      width: "minmax(6rem,1fr)",
      cell: (event) => kindWords(t, event.objectType),
    },
    {
      key: "address",
      header: t("column.address"),
      width: "9rem",
      cell: (event) => <span className="text-muted">{event.address ?? t("address.none")}</span>,
    },
  ];
  return (
    <VirtualTable
      label={t("table.label")}
      columns={columns}
      rows={events}
      rowKey={(event) => String(event.number)}
      rowHeight={52}
      card={(event) => (
        <div className="grid gap-1">
          <Action event={event} onOpen={onOpen} />
          <span className="text-sm text-muted">
            <Actor event={event} />
            {" · "}
            {formatDateTime(event.occurredAt)}
            {" · "}
            <span className="whitespace-nowrap">{t("number", { number: event.number })}</span>
          </span>
        </div>
      )}
    />
  );
}

function numberOf(event: AuditEventRow) {
  return <span className="text-muted tabular-nums">{event.number}</span>;
}

/** Who acted, and for whom. */
function Actor({ event }: { readonly event: AuditEventRow }) {
  const t = useMessages("audit");
  const name = event.actor?.displayName ?? t(actorless(event));
  return event.onBehalfOf === null
    ? name
    : t("actor.for", { name, other: event.onBehalfOf.displayName });
}

function actorless(event: AuditEventRow): "actor.stranger" | "actor.system" {
  return event.outcome === "REFUSED" ? "actor.stranger" : "actor.system";
}

function Action({
  event,
  onOpen,
}: { readonly event: AuditEventRow } & Pick<AuditTableProps, "onOpen">) {
  const t = useMessages("audit");
  const words = actionWords(t, event.action);
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-0.5">
      <button
        type="button"
        data-row-link=""
        className="control text-left font-medium after:absolute after:inset-0 hover:underline"
        onClick={() => onOpen(event)}
      >
        {words ?? event.action}
      </button>
      {words !== null && <span className="text-sm text-muted">{event.action}</span>}
      {event.outcome === "REFUSED" && <Badge tone="danger">{t("outcome.REFUSED")}</Badge>}
    </span>
  );
}
