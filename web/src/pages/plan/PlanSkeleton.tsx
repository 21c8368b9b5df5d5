import { useMessages } from "../../i18n/messages";
import { Skeleton, SkeletonLines } from "../../ui/Skeleton";

/** The place of outline, text and margin while they are on their way. */
export function PlanSkeleton() {
  const t = useMessages("plan");
  return (
    <div aria-busy="true" aria-label={t("loading")} role="status">
      <Skeleton className="mb-4 h-16 max-w-xl" />
      <Skeleton className="mb-4 h-14 w-full" />
      <div className="grid gap-8 lg:grid-cols-[15rem_minmax(0,1fr)]">
        <div className="max-lg:hidden">
          <SkeletonLines count={9} className="h-7" />
        </div>
        <div className="rounded-card border border-line bg-card px-6 py-12">
          <div className="mx-auto grid max-w-2xl gap-10">
            <SkeletonLines count={2} className="mx-auto h-8 w-3/4" />
            <SkeletonLines count={5} className="h-5" />
            <SkeletonLines count={6} className="h-5" />
          </div>
        </div>
      </div>
    </div>
  );
}
