interface BulletProps {
  /** Spoken in place of the drawing, e.g. `目标 40 场，已完成 12 场`. */
  readonly label: string;
  readonly value: number;
  readonly target: number;
  /** End of the scale; a little beyond the larger of both where missing. */
  readonly most?: number;
}

const [WIDTH, HEIGHT] = [200, 16];

/** A value against its target: bar and mark. */
export function Bullet({ label, value, target, most }: BulletProps) {
  const end = most ?? Math.max(value, target, Number.MIN_VALUE) * 1.1;
  const at = (figure: number): number => Math.min(1, Math.max(0, figure / end)) * WIDTH;
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
      className="h-4 w-full"
    >
      <rect width={WIDTH} height={HEIGHT} rx="2" className="fill-sunken" />
      <rect y="4" width={at(value)} height={HEIGHT - 8} className="fill-bar" />
      <rect
        x={Math.max(0, at(target) - 1)}
        y="1"
        width="2"
        height={HEIGHT - 2}
        className="fill-ink"
      />
    </svg>
  );
}
