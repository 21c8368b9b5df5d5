import { Skeleton } from "../../ui/Skeleton";

/** The overview before its figures, in its final sizes. */
export function OverviewSkeleton() {
  return (
    <div aria-busy="true" className="grid gap-4">
      <Skeleton className="h-16 max-w-2xl" />
      <BodySkeleton />
    </div>
  );
}

/** What stands under the heading, before it is there. */
export function BodySkeleton() {
  return (
    <div className="grid gap-4">
      <SituationSkeleton />
      <div className="grid grid-cols-[minmax(0,7fr)_minmax(0,5fr)] gap-4 max-lg:grid-cols-1">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}

/** How the plan stands, before it is known. */
export function SituationSkeleton() {
  return (
    <>
      <div className="grid grid-cols-5 gap-4 max-lg:grid-cols-2 max-lg:gap-3">
        {["red", "late", "waiting", "month", "done"].map((key) => (
          <Skeleton key={key} className="h-28 max-lg:h-24 max-lg:last:col-span-2" />
        ))}
      </div>
      <div className="grid gap-4 lg:grid-cols-[minmax(0,7fr)_minmax(0,5fr)]">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </>
  );
}
