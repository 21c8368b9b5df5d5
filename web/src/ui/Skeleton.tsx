interface SkeletonProps {
  /** Classes that give the exact final size, e.g. `h-row w-full`. */
  readonly className: string;
}

/** A grey place for what is on its way; of the final size, so that nothing jumps. */
export function Skeleton({ className }: SkeletonProps) {
  return <div aria-hidden="true" className={`skeleton ${className}`} />;
}

/** Several grey lines. */
export function SkeletonLines({
  count,
  className = "h-5",
}: {
  readonly count: number;
  readonly className?: string;
}) {
  return (
    <div aria-hidden="true" className="grid gap-3">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are alike and never move
        <div key={index} className={`skeleton ${className}`} />
      ))}
    </div>
  );
}
