import { useMemo } from "react";
import { ReviewQueueQuery } from "../../features/review/queries";
import { ReviewBoard } from "../../features/review/ReviewBoard";
import type { ResultOf } from "../../graphql/graphql";
import { useAllPages } from "../../graphql/use-all-pages";
import { useToday } from "../../graphql/use-today";
import { useMessages } from "../../i18n/messages";
import { ErrorState } from "../../states/ErrorState";
import { PageHeader } from "../../ui/PageHeader";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { SkeletonLines } from "../../ui/Skeleton";
import { useUrlSearch } from "../../ui/use-url-search";

const KINDS = ["REPORT", "COMPLETION", "EXTENSION", "EXCEPTION", "AMENDMENT"] as const;
const queueOf = (data: ResultOf<typeof ReviewQueueQuery>) => data.reviewQueue;

/** 审核: everything that waits for one's decision. */
export function ReviewPage() {
  const t = useMessages("review");
  const [search, change] = useUrlSearch();
  const { today } = useToday();
  const kind = KINDS.find((one) => one === search.get("kind"));
  const department = search.get("department");
  const filter = useMemo(
    () => ({ kind: kind === undefined ? null : [kind], department }),
    [kind, department],
  );
  const { nodes, isComplete, error, reload } = useAllPages(ReviewQueueQuery, { filter }, queueOf);
  if (error !== undefined && nodes.length === 0) {
    return <ErrorState isPage error={error} onRetry={reload} />;
  }
  const isLoading = (!isComplete && nodes.length === 0) || today === null;
  return (
    <>
      <PageHeader
        title={t("title")}
        meta={isLoading ? undefined : t("meta", { count: nodes.length })}
        actions={
          <SegmentedControl
            label={t("kind")}
            value={kind ?? "ALL"}
            options={[
              { value: "ALL", label: t("kind.ALL") },
              ...KINDS.map((one) => ({ value: one, label: t(`kind.${one}`) })),
            ]}
            onChange={(value) => change({ kind: value === "ALL" ? undefined : value })}
          />
        }
      />
      {isLoading ? (
        <SkeletonLines count={6} className="h-16" />
      ) : (
        <ReviewBoard items={nodes} today={today} reload={reload} />
      )}
      <p className="no-print mt-3 text-sm text-muted max-md:hidden">{t("keys")}</p>
    </>
  );
}
