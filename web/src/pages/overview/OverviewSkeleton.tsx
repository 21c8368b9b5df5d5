import { Skeleton } from "../../ui/Skeleton";

/** The overview before its figures, in its final sizes. */
export function OverviewSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="mb-4 h-16 max-w-2xl" />
      <div className="mb-4 grid gap-4">
        <div className="grid grid-cols-5 gap-4 max-lg:order-last max-lg:grid-cols-2">
          {["tasks", "departments", "metrics", "deadlines", "findings"].map((key) => (
            <Skeleton key={key} className="h-28 max-lg:last:col-span-2" />
          ))}
        </div>
        <Skeleton className="h-64" />
      </div>
      <div className="grid grid-cols-[minmax(0,7fr)_minmax(0,5fr)] gap-4 max-lg:grid-cols-1">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </div>
  );
}
