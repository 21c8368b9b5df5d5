import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/common";

/** Words of the kit, used everywhere. */
export const messages: Translated<typeof source> = {
  product: "Duban",
  close: "Close",
  cancel: "Cancel",
  retry: "Try again",
  loading: "Loading",
  nothingFound: "Nothing matches",
  demo: "Demo",
  "error.offline": "The server cannot be reached",
  "error.offline.next": "Check the network and try again. What you typed is still here.",
  "error.forbidden": "You may not see this",
  "error.forbidden.next": "Please ask your system administrator.",
  "error.unauthenticated": "Your session has ended",
  "error.unauthenticated.next": "Sign in again; you will come back to this page.",
  "error.tooMany": "Too many requests",
  "error.tooMany.next": "Wait a moment and try again, or narrow the search.",
  "error.broken": "The server could not complete this request",
  "error.broken.next": "Try again; if it persists, give the id below to your administrator.",
  "error.requestId": "Request id",
  "error.page": "Something went wrong on this page",
  "error.page.next": "Reload it; if it persists, tell your system administrator.",
  reload: "Reload",
  noPermission: "You have no permission to see this",
  "noPermission.who": "Signed in as {name} ({roles})",
  "noPermission.orgs": "See the organisations",
  "noPermission.me": "Settings",
  "noPermission.next": "Roles are granted by your organisation's system administrator; ask there.",
  asOf: "View by date",
};
