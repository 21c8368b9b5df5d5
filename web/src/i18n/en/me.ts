import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/me";

/** Personal settings. */
export const messages: Translated<typeof source> = {
  title: "Settings",
  account: "Account",
  "account.name": "Name",
  "account.login": "Login",
  "account.department": "Unit",
  "account.roles": "Roles",
  look: "Display",
  theme: "Theme",
  "theme.system": "System",
  "theme.light": "Light",
  "theme.dark": "Dark",
  largeText: "Large text",
  "largeText.hint": "Larger text and rows, no animation.",
  language: "Language",
  "language.zh-CN": "中文",
  "language.en": "English",
  keys: "Keyboard",
  shortcuts: "Single-key shortcuts",
  "shortcuts.hint": "Such as / to find, or g then t for tasks. Ctrl K always works.",
  "shortcuts.all": "See all shortcuts",
  saved: "Settings are kept in this browser only.",
  signOut: "Sign out",
};
