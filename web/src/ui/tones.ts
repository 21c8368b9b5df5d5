/** What a mark means; never shown by colour alone. */
export type Tone = "neutral" | "info" | "ok" | "warning" | "danger";

/** Background and text of each tone. */
export const TONE_CLASS: Readonly<Record<Tone, string>> = {
  neutral: "bg-sunken text-ink",
  info: "bg-info-soft text-info",
  ok: "bg-ok-soft text-ok",
  warning: "bg-warn-soft text-warn",
  danger: "bg-danger-soft text-danger",
};

/** Text colour of each tone. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  neutral: "text-muted",
  info: "text-info",
  ok: "text-ok",
  warning: "text-warn",
  danger: "text-danger",
};
