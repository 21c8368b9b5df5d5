import { marks } from "./scale";

/** A month of a trend; null where nothing is there, which is not zero. */
export interface TrendPoint {
  readonly key: string;
  /** Under the axis. */
  readonly label: string;
  readonly verified: number | null;
  readonly provisional: number | null;
}

/** Where a month to come is expected to end, and the band around it. */
export interface TrendOutlook {
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

interface TrendChartProps {
  /** Spoken in place of the drawing; a table beneath says the rest. */
  readonly label: string;
  readonly points: readonly TrendPoint[];
  /** None where only the figures are drawn. */
  readonly target: number | null;
  /** Where an even pace would be at the end of each month; none where none is drawn. */
  readonly pace: readonly number[] | null;
  /** A forecast by point, null before it begins; none where nothing is forecast. */
  readonly outlook?: readonly (TrendOutlook | null)[] | null;
  /** Words at the lines. */
  readonly words: {
    readonly target: string;
    readonly pace: string;
    readonly verified: string;
    readonly provisional: string;
    readonly outlook?: string;
    readonly band?: string;
  };
  readonly format: (value: number) => string;
  readonly isNarrow: boolean;
}

const SIZES = {
  wide: { width: 860, height: 280, left: 64, right: 16, top: 24, bottom: 28 },
  narrow: { width: 340, height: 240, left: 48, right: 8, top: 24, bottom: 28 },
} as const;

/** Running figures by month against the target and an even pace. */
export function TrendChart(props: TrendChartProps) {
  const { label, points, target, pace, outlook = null, words, format, isNarrow } = props;
  const size = isNarrow ? SIZES.narrow : SIZES.wide;
  const hasProvisional = points.some((point) => point.provisional !== null);
  const all = points.flatMap((point) => [point.verified ?? 0, point.provisional ?? 0]);
  const highest = (outlook ?? []).map((one) => one?.high ?? 0);
  const ticks = marks(Math.max(target ?? 0, ...all, ...(pace ?? []), ...highest), 4);
  const most = ticks.at(-1) ?? 1;
  const step = (size.width - size.left - size.right) / Math.max(1, points.length);
  const x = (index: number): number => size.left + step * (index + 0.5);
  const y = (value: number): number =>
    size.height - size.bottom - (value / most) * (size.height - size.top - size.bottom);
  const line = (values: readonly (number | null)[]): string => pathOf(values, x, y);
  return (
    <figure className="m-0">
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${size.width} ${size.height}`}
        className={`h-auto w-full ${isNarrow ? "max-w-lg" : ""}`}
      >
        {ticks.map((tick) => (
          <g key={tick}>
            <line
              x1={size.left}
              x2={size.width - size.right}
              y1={y(tick)}
              y2={y(tick)}
              className="stroke-line"
            />
            <text x={size.left - 8} y={y(tick) + 4} textAnchor="end" className="fill-muted text-xs">
              {format(tick)}
            </text>
          </g>
        ))}
        {points.map((point, index) => (
          <text
            key={point.key}
            x={x(index)}
            y={size.height - 8}
            textAnchor="middle"
            className="fill-muted text-xs"
          >
            {isNarrow && index % 2 === 1 ? "" : point.label}
          </text>
        ))}
        {outlook !== null && (
          <>
            <path d={bandOf(outlook, x, y)} className="fill-bar opacity-15" />
            <path
              d={line(outlook.map((one) => one?.expected ?? null))}
              fill="none"
              strokeWidth="2"
              strokeDasharray="1 5"
              strokeLinecap="round"
              className="stroke-bar"
            />
            <EndOfYear outlook={outlook} x={x} y={y} format={format} />
          </>
        )}
        {target !== null && (
          <>
            <line
              x1={size.left}
              x2={size.width - size.right}
              y1={y(target)}
              y2={y(target)}
              strokeWidth="1.5"
              className="stroke-ink"
            />
            <text x={size.left + 4} y={y(target) - 5} className="fill-ink text-xs">
              {words.target}
            </text>
          </>
        )}
        {pace !== null && (
          <path
            d={line(pace)}
            fill="none"
            strokeWidth="1.5"
            strokeDasharray="2 4"
            className="stroke-muted"
          />
        )}
        <path
          d={line(points.map((point) => point.provisional))}
          fill="none"
          strokeWidth="2"
          strokeDasharray="6 4"
          className="stroke-bar"
        />
        <path
          d={line(points.map((point) => point.verified))}
          fill="none"
          strokeWidth="2.5"
          className="stroke-bar"
        />
        {points.map((point, index) => (
          <g key={point.key}>
            {point.provisional !== null && point.provisional !== point.verified && (
              <circle
                cx={x(index)}
                cy={y(point.provisional)}
                r="4"
                strokeWidth="2"
                className="fill-card stroke-bar"
              />
            )}
            {point.verified !== null && (
              <circle cx={x(index)} cy={y(point.verified)} r="4" className="fill-bar" />
            )}
          </g>
        ))}
      </svg>
      <figcaption className="mt-1 flex flex-wrap gap-x-5 gap-y-1 text-sm text-muted">
        <Key dash="" width={2.5} tone="stroke-bar" words={words.verified} />
        {hasProvisional && <Key dash="6 4" width={2} tone="stroke-bar" words={words.provisional} />}
        {pace !== null && <Key dash="2 4" width={1.5} tone="stroke-muted" words={words.pace} />}
        {outlook !== null && words.outlook !== undefined && (
          <Key dash="1 5" width={2} tone="stroke-bar" words={words.outlook} />
        )}
        {outlook !== null && words.band !== undefined && (
          <span className="inline-flex items-center gap-2">
            <span aria-hidden="true" className="h-3 w-7 bg-bar opacity-20" />
            {words.band}
          </span>
        )}
      </figcaption>
    </figure>
  );
}

interface EndProps {
  readonly outlook: readonly (TrendOutlook | null)[];
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
  readonly format: (value: number) => string;
}

/** The interval at the end of the year: both ends with their figures, and what is expected. */
function EndOfYear({ outlook, x, y, format }: EndProps) {
  const last = outlook.length - 1;
  const end = outlook[last];
  if (end == null) return null;
  const at = x(last);
  return (
    <>
      <line x1={at} x2={at} y1={y(end.low)} y2={y(end.high)} className="stroke-bar" />
      {[end.low, end.high].map((value) => (
        <line
          key={value}
          x1={at - 5}
          x2={at + 5}
          y1={y(value)}
          y2={y(value)}
          strokeWidth="1.5"
          className="stroke-bar"
        />
      ))}
      <circle cx={at} cy={y(end.expected)} r="3.5" className="fill-card stroke-bar" />
      <text
        x={at - 9}
        y={y(end.high) + 4}
        textAnchor="end"
        paintOrder="stroke"
        strokeWidth="4"
        className="fill-muted stroke-card text-xs"
      >
        {format(end.high)}
      </text>
      <text
        x={at - 9}
        y={y(end.low) + 12}
        textAnchor="end"
        paintOrder="stroke"
        strokeWidth="4"
        className="fill-muted stroke-card text-xs"
      >
        {format(end.low)}
      </text>
    </>
  );
}

/** The area between both ends of a forecast. */
function bandOf(
  outlook: readonly (TrendOutlook | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  const known = outlook.flatMap((one, index) => (one === null ? [] : [{ ...one, index }]));
  const place = (index: number, value: number): string =>
    `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
  const upper = known.map((one) => place(one.index, one.high));
  const lower = known.toReversed().map((one) => place(one.index, one.low));
  return known.length < 2 ? "" : `M${[...upper, ...lower].join("L")}Z`;
}

interface KeyProps {
  readonly dash: string;
  readonly width: number;
  readonly tone: string;
  readonly words: string;
}

function Key({ dash, width, tone, words }: KeyProps) {
  return (
    <span className="inline-flex items-center gap-2">
      <svg aria-hidden="true" width="28" height="8">
        <line x2="28" y1="4" y2="4" strokeWidth={width} strokeDasharray={dash} className={tone} />
      </svg>
      {words}
    </span>
  );
}

/** A line that breaks where nothing is there. */
function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let isOpen = false;
  return values
    .map((value, index) => {
      if (value === null) {
        isOpen = false;
        return "";
      }
      const command = isOpen ? "L" : "M";
      isOpen = true;
      return `${command}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join("");
}
