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
  "demo.title": "Demo accounts",
  "demo.more": {
    one: "{count} account of another unit",
    other: "{count} accounts of other units",
  },
  "demo.hint": "Offered on this machine's demo installation only; one click signs in.",
};
