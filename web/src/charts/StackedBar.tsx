import { Link } from "../ui/Link";
import { Status, type StatusShape } from "../ui/Status";
import type { Tone } from "../ui/tones";

export interface StackedPart {
  readonly key: string;
  readonly word: string;
  readonly shape: StatusShape;
  readonly tone: Tone;
  readonly value: number;
  readonly to: string;
}

const FILLS: Readonly<Record<Tone, string>> = {
  neutral: "bg-line-strong",
  info: "bg-info",
  ok: "bg-ok",
  warning: "bg-warn",
  danger: "bg-danger",
};

interface StackedBarProps {
  readonly label: string;
  readonly parts: readonly StackedPart[];
}

/** Shares of a whole in one bar, with every part named under it and leading to its rows. */
export function StackedBar({ label, parts }: StackedBarProps) {
  const shown = parts.filter((part) => part.value > 0);
  return (
    <div>
      <div aria-hidden="true" className="flex h-3 gap-0.5 overflow-hidden rounded-sm bg-sunken">
        {shown.map((part) => (
          <span
            key={part.key}
            className={FILLS[part.tone]}
            style={{ flexGrow: part.value, minWidth: 4 }}
          />
        ))}
      </div>
      <ul aria-label={label} className="mt-2 flex flex-wrap gap-x-5 gap-y-1">
        {shown.map((part) => (
          <li key={part.key}>
            <Link
              to={part.to}
              className="control inline-flex min-h-8 items-center gap-2 text-ink hover:underline"
            >
              <Status shape={part.shape} tone={part.tone} word={part.word} />
              <strong className="font-semibold">{part.value}</strong>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
