import { TONE_TEXT, type Tone } from "./tones";

export type StatusShape = "circle" | "ring" | "half" | "triangle" | "square" | "dash" | "tick";

interface StatusProps {
  readonly shape: StatusShape;
  readonly tone: Tone;
  /** The word; shape and colour only repeat it. */
  readonly word: string;
  readonly className?: string;
}

/** A state as shape, word and colour. */
export function Status({ shape, tone, word, className }: StatusProps) {
  return (
    <span className={`inline-flex items-center gap-1.5 whitespace-nowrap ${className ?? ""}`}>
      <svg
        aria-hidden="true"
        viewBox="0 0 12 12"
        width="0.75em"
        height="0.75em"
        className={`shrink-0 ${TONE_TEXT[tone]}`}
        fill="currentColor"
        stroke="currentColor"
      >
        <Shape shape={shape} />
      </svg>
      {word}
    </span>
  );
}

function Shape({ shape }: { readonly shape: StatusShape }) {
  switch (shape) {
    case "circle":
      return <circle cx="6" cy="6" r="5" strokeWidth="0" />;
    case "ring":
      return <circle cx="6" cy="6" r="4.2" fill="none" strokeWidth="1.8" />;
    case "half":
      return (
        <>
          <circle cx="6" cy="6" r="4.2" fill="none" strokeWidth="1.8" />
          <path d="M6 1.8a4.2 4.2 0 0 1 0 8.4z" strokeWidth="0" />
        </>
      );
    case "triangle":
      return <path d="M6 1 11.5 11h-11z" strokeWidth="0" />;
    case "square":
      return <rect x="1" y="1" width="10" height="10" strokeWidth="0" />;
    case "tick":
      return <path d="m1.5 6.5 3 3 6-7" fill="none" strokeWidth="2.2" strokeLinecap="round" />;
    case "dash":
      return <path d="M1.5 6h9" fill="none" strokeWidth="2.4" strokeLinecap="round" />;
  }
}
