import { formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { Button } from "../../../ui/Button";
import { Checkbox } from "../../../ui/Checkbox";
import { type Column, DataTable } from "../../../ui/DataTable";
import { Attempts } from "./Attempts";
import { useActionWords } from "./use-action-words";
import type { DeliveryRow } from "./webhook-documents";
import { DELIVERY_TONES } from "./words";

/** On a phone: a line of its own in the card. */
const WHOLE_LINE = "max-sm:basis-full";

interface DeliveryTableProps {
  readonly deliveries: readonly DeliveryRow[];
  readonly chosen: ReadonlySet<string>;
  readonly onChoose: (chosen: ReadonlySet<string>) => void;
  readonly onReplay: (id: string) => void;
}

/** Messages: what happened, to what, when, where each stands, and its attempts. */
export function DeliveryTable({ deliveries, chosen, onChoose, onReplay }: DeliveryTableProps) {
  const t = useMessages("integrations");
  const wordsOf = useActionWords();
  const choose = (id: string, isChosen: boolean): void =>
    onChoose(new Set([...chosen].filter((one) => one !== id).concat(isChosen ? [id] : [])));
  const columns: readonly Column<DeliveryRow>[] = [
    {
      key: "action",
      header: t("log.action"),
      isRowHeader: true,
      className: "max-sm:basis-3/5",
      cell: (one) => (
        <Checkbox
          isChecked={chosen.has(one.id)}
          hint={<Code text={one.action} />}
          onChange={(isChosen) => choose(one.id, isChosen)}
        >
          {wordsOf(one.action)}
        </Checkbox>
      ),
    },
    {
      key: "object",
      header: t("log.object"),
      className: WHOLE_LINE,
      cell: (one) => <Told delivery={one} />,
    },
    {
      key: "at",
      header: t("log.at"),
      className: WHOLE_LINE,
      cell: (one) => <span title={one.messageId}>{formatDateTime(one.occurredAt)}</span>,
    },
    {
      key: "state",
      header: t("state"),
      phone: "beside",
      cell: (one) => <Badge tone={DELIVERY_TONES[one.state]}>{t(`log.state.${one.state}`)}</Badge>,
    },
    {
      key: "attempts",
      header: t("log.attempts"),
      className: WHOLE_LINE,
      cell: (one) => <Attempts delivery={one} />,
    },
    {
      key: "acts",
      header: <span className="sr-only">{t("acts")}</span>,
      align: "end",
      cell: (one) => (
        <Button size="small" onClick={() => onReplay(one.id)}>
          {t("log.replay")}
          <span className="sr-only">{one.messageId}</span>
        </Button>
      ),
    },
  ];
  return (
    <DataTable label={t("log")} columns={columns} rows={deliveries} rowKey={(one) => one.id} />
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <code translate="no" className="font-mono text-sm break-all">
      {text}
    </code>
  );
}

/** The object by its kind in words and its id. */
function Told({ delivery: { objectType, objectId } }: { readonly delivery: DeliveryRow }) {
  const t = useMessages("integrations");
  if (objectType === null) return <span className="text-muted">{t("log.trial")}</span>;
  return (
    <>
      {t(`type.${objectType}`)}
      {objectId !== null && (
        <span className="block max-w-40 truncate text-muted" title={objectId}>
          <code translate="no" className="font-mono text-sm">
            {objectId}
          </code>
        </span>
      )}
    </>
  );
}
