import type { ReactNode } from "react";
import { classNames } from "./class-names";
import { Icon, type IconName } from "./Icon";
import { TONE_TEXT, type Tone } from "./tones";

const ICONS: Readonly<Record<Tone, IconName>> = {
  neutral: "info",
  info: "info",
  ok: "check",
  warning: "alert",
  danger: "alert",
};
const EDGE: Readonly<Record<Tone, string>> = {
  neutral: "border-line bg-sunken",
  info: "border-info bg-info-soft",
  ok: "border-ok bg-ok-soft",
  warning: "border-warn bg-warn-soft",
  danger: "border-danger bg-danger-soft",
};

interface CalloutProps {
  readonly tone: Tone;
  readonly title: string;
  readonly children?: ReactNode;
}

/** A short notice in the page; `danger` is read out at once. */
export function Callout({ tone, title, children }: CalloutProps) {
  return (
    <div
      role={tone === "danger" ? "alert" : undefined}
      className={classNames("flex gap-2.5 rounded-md border px-3 py-2.5", EDGE[tone])}
    >
      <Icon name={ICONS[tone]} size={18} className={`mt-0.5 ${TONE_TEXT[tone]}`} />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-ink">{title}</p>
        {children !== undefined && <div className="caption text-sm text-ink">{children}</div>}
      </div>
    </div>
  );
}
