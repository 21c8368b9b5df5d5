import { formatDate } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Card } from "../../../ui/Card";
import type { TaskMattersData } from "./queries";

/** Where a task that no plan holds comes from; nothing for the points of a plan. */
export function OriginCard({ origin }: { readonly origin: TaskMattersData["origin"] }) {
  const t = useMessages("matters");
  if (origin === null) return null;
  const facts = [
    [t("origin.source"), origin.source],
    [t("origin.on"), origin.on === null ? null : formatDate(origin.on)],
    [t("origin.documentNumber"), origin.documentNumber],
    [t("origin.owner"), origin.owner.shortName],
    [t("origin.createdBy"), origin.createdBy.displayName],
  ] as const;
  return (
    <Card title={t("origin")}>
      <dl className="m-0 grid grid-cols-[5rem_minmax(0,1fr)] gap-x-3 gap-y-2">
        {facts.map(([name, value]) =>
          value === null ? null : (
            <div key={name} className="contents">
              <dt className="text-sm text-muted">{name}</dt>
              <dd className="m-0">{value}</dd>
            </div>
          ),
        )}
      </dl>
    </Card>
  );
}
