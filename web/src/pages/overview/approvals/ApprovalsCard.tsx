import { useState } from "react";
import { useQuery } from "urql";
import { itemKey } from "../../../features/review/items";
import { useDecisions } from "../../../features/review/use-decisions";
import { useToday } from "../../../graphql/use-today";
import { useMessages } from "../../../i18n/messages";
import { ErrorState } from "../../../states/ErrorState";
import { useRefusal } from "../../../states/use-refusal";
import { Card } from "../../../ui/Card";
import { Link } from "../../../ui/Link";
import { Skeleton } from "../../../ui/Skeleton";
import { reviewUrl } from "../../../ui/urls";
import { ApprovalItem } from "./ApprovalItem";
import { ApprovalsQuery } from "./query";

/** How many are shown; the others are in 审核. */
const MOST = 3;

/** 待我审批: completions and requests for more time, each decided where it stands. */
export function ApprovalsCard() {
  const t = useMessages("attention");
  const { today } = useToday();
  const decisions = useDecisions();
  const refuse = useRefusal();
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set());
  const [{ data, error }, read] = useQuery({
    query: ApprovalsQuery,
    requestPolicy: "cache-and-network",
  });
  const reload = (): void => read({ requestPolicy: "network-only" });
  if (data === undefined || today === null) {
    if (error === undefined) return <Skeleton className="h-24" />;
    return (
      <Card title={t("approvals")}>
        <ErrorState error={error} onRetry={reload} />
      </Card>
    );
  }
  const waiting = data.reviewQueue.edges
    .map((edge) => edge.node)
    .filter((item) => !item.isOwn && !gone.has(itemKey(item)));
  if (waiting.length === 0) {
    return (
      <Card>
        <p className="text-muted">{t("approvals.none")}</p>
      </Card>
    );
  }
  const rest = waiting.length - MOST;
  return (
    <Card title={t("approvals")} subtitle={t("approvals.count", { count: waiting.length })} isFlush>
      <ul
        aria-label={t("approvals")}
        className="grid gap-px overflow-hidden rounded-b-card bg-line lg:grid-cols-[repeat(auto-fit,minmax(22rem,1fr))]"
      >
        {waiting.slice(0, MOST).map((item) => (
          <li key={itemKey(item)} className="grid bg-card">
            <ApprovalItem
              item={item}
              decisions={decisions}
              today={today}
              onDecided={(outcome, words) => {
                if (refuse(outcome, words)) setGone(new Set([...gone, itemKey(item)]));
                if (outcome.kind !== "failed") reload();
              }}
            />
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <Link
          to={reviewUrl()}
          className="control flex min-h-row items-center border-t border-line px-4 text-link hover:underline"
        >
          {t("more", { count: rest })}
        </Link>
      )}
    </Card>
  );
}
