import type { Translated } from "../areas";
import type { messages as source } from "../zh-CN/signIn";

/** Sign-in page. */
export const messages: Translated<typeof source> = {
  title: "Sign in",
  lead: "From the issued document to every task",
  account: "Account",
  password: "Password",
  submit: "Sign in",
  pending: "Signing in",
  capsLock: "Caps lock is on",
  "error.empty": "Enter account and password",
  "error.throttled": "Too many attempts; try again in {time}",
  "error.offline": "The server cannot be reached; check the network and try again",
  "error.broken": "The server could not sign you in; try again later",
  "error.provider.REFUSED":
    "You were recognised, but have no account here that may sign in; ask the system administrator",
  "error.provider.UNREACHABLE":
    "The organisation's sign-in cannot be reached now; try again later, or use account and password",
  "error.provider.DENIED": "The organisation's sign-in was not completed; sign in again",
  "error.provider.OVER": "This sign-in is over; begin it anew",
  "error.provider.UNTRUSTED":
    "What the organisation's sign-in answered could not be verified, so nobody was signed in; try again, then ask the system administrator",
  "error.provider.THROTTLED": "Too many attempts; try again later",
  "error.provider.BUSY": "Many people are signing in; try again in a moment",
  "error.provider.BROKEN": "The server could not sign you in; try again later",
  or: "or",
  "demo.title": "Demo accounts",
  "demo.more": {
    one: "{count} account of another unit",
    other: "{count} accounts of other units",
  },
  "demo.hint": "Offered on this machine's demo installation only; one click signs in.",
};
