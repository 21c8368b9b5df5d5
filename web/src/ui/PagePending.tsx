import { Skeleton } from "./Skeleton";

/** Stands in while the code of a page is on its way. */
export function PagePending() {
  return (
    <div aria-busy="true" className="grid gap-6">
      <Skeleton className="h-10 w-full max-w-md" />
      <Skeleton className="h-28 w-full" />
      <Skeleton className="h-96 w-full" />
    </div>
  );
}
