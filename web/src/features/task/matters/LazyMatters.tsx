import { lazy, Suspense } from "react";
import { loadMessages } from "../../../i18n/messages";
import { SkeletonLines } from "../../../ui/Skeleton";

const Matters = lazy(async () => {
  const [file] = await Promise.all([
    import("./Matters"),
    loadMessages("amend", "matters", "life", "act", "task"),
  ]);
  return { default: file.Matters };
});

interface LazyMattersProps {
  readonly code: string;
  readonly reload: () => void;
}

/** The matters of a task, in a piece of code of their own. */
export function LazyMatters(props: LazyMattersProps) {
  return (
    <Suspense fallback={<SkeletonLines count={1} className="h-24" />}>
      <Matters {...props} />
    </Suspense>
  );
}
