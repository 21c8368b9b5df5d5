import { formatDate } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { Badge } from "../../ui/Badge";
import { Link } from "../../ui/Link";
import { TaskState } from "../../ui/TaskState";
import { taskUrl } from "../../ui/urls";
import type { ItemData } from "./queries";

/** Items with where they come from, who has them and where they stand. */
export function ItemList({ items }: { readonly items: readonly ItemData[] }) {
  return (
    <ul className="grid">
      {items.map((item) => (
        <ItemRow key={item.id} item={item} />
      ))}
    </ul>
  );
}

function ItemRow({ item }: { readonly item: ItemData }) {
  const t = useMessages("items");
  const words = useMessages("domain");
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-3 last:border-b-0">
      <span className="w-28 shrink-0 text-muted tabular-nums">{item.code}</span>
      <span className="min-w-56 flex-1">
        <Link to={taskUrl(item.code)} className="text-link hover:underline">
          {item.title}
        </Link>
        <span className="flex flex-wrap items-center gap-x-2 text-sm text-muted">
          <Badge>{words(`kind.${item.kind}`)}</Badge>
          {item.origin?.source}
          {item.origin?.on != null && <span>{formatDate(item.origin.on)}</span>}
          {item.origin?.documentNumber}
          {item.parent !== null && <span>{t("partOf", { code: item.parent.code })}</span>}
        </span>
      </span>
      <span className="text-sm text-muted">{item.lead?.shortName ?? t("noLead")}</span>
      <span className="text-sm text-muted">
        {item.deadline === null ? t("noDeadline") : formatDate(item.deadline)}
      </span>
      <span className="w-24 text-sm">
        <TaskState state={item.state} />
      </span>
    </li>
  );
}
