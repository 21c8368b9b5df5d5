import { useState } from "react";
import { Decision, type DecisionProps, type Verdict } from "../../../features/review/Decision";
import { formatDate, formatDateTime } from "../../../i18n/format";
import { useMessages } from "../../../i18n/messages";
import { Badge } from "../../../ui/Badge";
import { Light } from "../../../ui/Light";
import { Link } from "../../../ui/Link";
import { taskUrl } from "../../../ui/urls";
import type { Approval } from "./query";

interface ApprovalItemProps extends Pick<DecisionProps, "decisions" | "today" | "onDecided"> {
  readonly item: Approval;
}

/** What is asked for, by whom and why, how the task stands; and the decision under it. */
export function ApprovalItem({ item, ...decided }: ApprovalItemProps) {
  const t = useMessages("review");
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const { task, extension } = item;
  return (
    <article aria-label={task.title} className="grid content-start gap-2 px-4 py-3">
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
        <Badge tone="info">{t(`kind.${item.kind}`)}</Badge>
        <Light {...task.light} />
        <span className="text-muted tabular-nums">{task.code}</span>
        {item.isOverdue && <Badge tone="warning">{t("overdue")}</Badge>}
      </p>
      <Link to={taskUrl(task.code)} className="control font-medium text-ink hover:underline">
        {task.title}
      </Link>
      {item.words !== null && <p className="whitespace-pre-line">{item.words}</p>}
      <ul className="text-sm text-muted">
        {extension !== null && (
          <li className="text-ink">
            {`${t("extension.from")} ${formatDate(extension.from)} → ${t("extension.to")} ${formatDate(extension.to)}`}
          </li>
        )}
        <li>{task.light.reasons[0]?.message}</li>
        <li>
          {t("submitted", {
            department: item.department?.shortName ?? "",
            who: item.submittedBy?.displayName ?? "",
            at: formatDateTime(item.since),
          })}
        </li>
      </ul>
      <div className="mt-1 [&_kbd]:hidden">
        <Decision
          {...decided}
          item={item}
          verdict={verdict}
          proposed={t("canned.done")}
          onVerdict={setVerdict}
        />
      </div>
    </article>
  );
}
