import type { ComponentType, ReactNode } from "react";
import { AmendedFields } from "../../graphql/amended-values";
import { graphql, type ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { formatDateTime } from "../../i18n/format";
import { useMessages } from "../../i18n/messages";
import { AmendmentChanges } from "../../states/AmendmentChanges";
import { ErrorState } from "../../states/ErrorState";
import { Badge } from "../../ui/Badge";
import { Link } from "../../ui/Link";
import { SkeletonLines } from "../../ui/Skeleton";
import { taskUrl } from "../../ui/urls";

/** What was changed in a plan since issue, 20 at a time. */
const PlanAmendmentsQuery = graphql(
  `
    query PlanAmendmentsQuery($code: ID!, $asOf: Date, $after: String) {
      plan(id: $code, asOf: $asOf) {
        id
        amendments(first: 20, after: $after) {
          edges {
            node {
              id
              state
              reason
              proposedAt
              proposedBy {
                id
                displayName
              }
              task {
                id
                code
              }
              ...AmendedFields
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
          totalCount
        }
      }
    }
  `,
  [AmendedFields],
);
const amendmentsOf = (data: ResultOf<typeof PlanAmendmentsQuery>) => data.plan?.amendments;

const TONES = { PROPOSED: "warning", APPROVED: "ok", REFUSED: "neutral" } as const;

interface PlanAmendmentsProps {
  readonly code: string;
  /** The frame of a part of the side. */
  readonly fold: ComponentType<{ readonly title: string; readonly children: ReactNode }>;
}

/** 变更: what was changed in the plan since issue, the newest first. */
export function PlanAmendments({ code, fold: Fold }: PlanAmendmentsProps) {
  const t = useMessages("amend");
  const { nodes, isComplete, error, reload } = useAllPages(
    PlanAmendmentsQuery,
    { code },
    amendmentsOf,
  );
  if (error !== undefined && nodes.length === 0) {
    return <ErrorState error={error} onRetry={reload} />;
  }
  return (
    <Fold title={t("plan.title", { count: nodes.length })}>
      {nodes.length === 0 && !isComplete && <SkeletonLines count={2} className="h-5" />}
      {nodes.length === 0 && isComplete && (
        <p className="caption text-sm text-muted">{t("amendments.none")}</p>
      )}
      <ul className="grid gap-3">
        {nodes.map((one) => (
          <li key={one.id} className="grid gap-1 border-b border-line pb-3 last:border-b-0">
            <p className="flex flex-wrap items-center gap-2 text-sm">
              <Link to={taskUrl(one.task.code)} className="text-link tabular-nums hover:underline">
                {one.task.code}
              </Link>
              <Badge tone={TONES[one.state]}>{t(`state.${one.state}`)}</Badge>
            </p>
            <p className="text-sm">{one.reason}</p>
            <AmendmentChanges amendment={one} />
            <p className="text-xs text-muted">
              {one.proposedBy.displayName} · {formatDateTime(one.proposedAt)}
            </p>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
