interface PaceBarProps {
  /** Attained, in percent of the target. */
  readonly attained: number;
  /** Where an even pace would be, in percent; null where none is meant. */
  readonly pace: number | null;
  /** Spoken in place of the drawing. */
  readonly label: string;
  readonly className?: string;
}

/** End of the scale, so that a target that is passed still shows. */
const MOST = 120;

/** What is attained against the target, with a mark where an even pace would be. */
export function PaceBar({ attained, pace, label, className = "h-4" }: PaceBarProps) {
  const at = (percent: number): string =>
    `${String((Math.min(MOST, Math.max(0, percent)) / MOST) * 100)}%`;
  const isBehind = pace !== null && attained < pace;
  return (
    <span role="img" aria-label={label} className={`relative block w-full ${className}`}>
      <span className="absolute inset-y-0 left-0 rounded-sm bg-sunken" style={{ width: at(100) }} />
      <span
        className={`absolute inset-y-[25%] left-0 rounded-xs ${isBehind ? "bg-warn" : "bg-bar"}`}
        style={{ width: at(attained) }}
      />
      {pace !== null && (
        <span
          className="absolute inset-y-0 w-0 border-l-2 border-dotted border-ink"
          style={{ left: at(pace) }}
        />
      )}
      <span className="absolute inset-y-0 w-0.5 bg-ink" style={{ left: at(100) }} />
    </span>
  );
}
