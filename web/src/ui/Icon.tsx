/** Outlines on a 16 × 16 grid, drawn with a 1.5 stroke. */
const PATHS = {
  alert: "M8 2.5 14.5 13.5h-13zM8 6.5v3M8 11.4v.1",
  arrowDown: "M8 3v10M4 9l4 4 4-4",
  arrowLeft: "M13 8H3M7 4 3 8l4 4",
  arrowRight: "M3 8h10M9 4l4 4-4 4",
  bell: "M4.5 11.5V7a3.5 3.5 0 0 1 7 0v4.5l1.5 1h-10zM6.8 14.2h2.4M8 2v1.5",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.5 2.5v2M10.5 2.5v2",
  check: "M3 8.5 6.5 12 13 4.5",
  chevronDown: "M4 6l4 4 4-4",
  chevronRight: "M6 4l4 4-4 4",
  close: "M4 4l8 8M12 4l-8 8",
  document: "M4 1.5h5.5L12.5 4.5v10h-8.5zM9 1.5v3.5h3.5M6 8h4M6 11h4",
  download: "M8 2v8M4.5 7 8 10.5 11.5 7M2.5 13.5h11",
  edit: "M3 13l.6-3L11 2.6l2.4 2.4L6 12.4z",
  external: "M6.5 3.5h-3v9h9v-3M9.5 2.5h4v4M13.5 2.5 7.5 8.5",
  filter: "M2 3.5h12L9.5 8.5v4.5l-3-1.5V8.5z",
  gauge: "M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.5-3.5M2.5 13.5h11",
  help: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM6.2 6.2a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.7-.8 1.2M8 11.3v.1",
  home: "M2.5 7.5 8 2.5l5.5 5V13.5h-4v-4h-3v4h-4z",
  info: "M8 14.2A6.2 6.2 0 1 0 8 1.8a6.2 6.2 0 0 0 0 12.4zM8 7.5v3.5M8 4.9v.1",
  link: "M6.5 9.5l3-3M7 4.5l1.5-1.5a2.8 2.8 0 0 1 4 4L11 8.5M9 11.5 7.5 13a2.8 2.8 0 0 1-4-4L5 7.5",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.1M2.5 8h.1M2.5 12h.1",
  lock: "M4 7.5h8v6H4zM5.5 7.5V5a2.5 2.5 0 0 1 5 0v2.5",
  menu: "M2.5 4.5h11M2.5 8h11M2.5 11.5h11",
  minus: "M3 8h10",
  moon: "M13.5 9.5A6 6 0 0 1 6.5 2.5a5.8 5.8 0 1 0 7 7z",
  more: "M3.5 8h.1M8 8h.1M12.5 8h.1",
  plus: "M8 3v10M3 8h10",
  print: "M4.5 6V2h7v4M4.5 12h-2V6.5h11V12h-2M4.5 9.5h7V14h-7z",
  search: "M7 12A5 5 0 1 0 7 2a5 5 0 0 0 0 10zM10.8 10.8 14 14",
  signOut: "M6.5 2.5h-4v11h4M10 5l3 3-3 3M13 8H6",
  sun: "M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9",
  text: "M2.5 4V3h8v1M6.5 3v10M5 13h3M9.5 8.5V7.5h4.5v1M11.7 7.5V13M10.9 13h1.7",
  tree: "M6 2h4v3H6zM1.5 11h4v3h-4zM10.5 11h4v3h-4zM8 5v3M3.5 11V8h9v3",
  upload: "M8 10.5V2.5M4.5 6 8 2.5 11.5 6M2.5 13.5h11",
  user: "M8 8a2.7 2.7 0 1 0 0-5.4A2.7 2.7 0 0 0 8 8zM2.8 13.8c.4-2.6 2.5-4 5.2-4s4.8 1.4 5.2 4",
} as const;

export type IconName = keyof typeof PATHS;

interface IconProps {
  readonly name: IconName;
  /** Edge in pixels at the base text size. */
  readonly size?: number;
  readonly className?: string;
}

/** A drawing beside words; it says nothing by itself, so screen readers skip it. */
export function Icon({ name, size = 16, className }: IconProps) {
  const edge = `${size / 15}rem`;
  return (
    <svg
      aria-hidden="true"
      viewBox="0 0 16 16"
      width={edge}
      height={edge}
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className === undefined ? "shrink-0" : `shrink-0 ${className}`}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
