import { useMessages } from "../../i18n/messages";
import { Skeleton, SkeletonLines } from "../../ui/Skeleton";

/** The list before its rows, in its final sizes. */
export function TaskListSkeleton() {
  const t = useMessages("tasks");
  return (
    <div role="status" aria-busy="true" aria-label={t("page.loading")} className="grid gap-3">
      <Skeleton className="h-10 w-full" />
      <Skeleton className="h-8 w-24" />
      <div className="rounded-card border border-line bg-card px-3 pt-2.5 pb-4">
        <Skeleton className="mb-5 h-5 w-full" />
        <SkeletonLines count={12} className="mb-2.5 h-5" />
      </div>
    </div>
  );
}
