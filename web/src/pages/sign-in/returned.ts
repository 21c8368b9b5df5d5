import type { Challenge } from "./use-sign-in";

/** Why the organisation's own sign-in let nobody in, as the server says it in the address. */
const CODES = [
  "REFUSED",
  "UNREACHABLE",
  "DENIED",
  "OVER",
  "UNTRUSTED",
  "THROTTLED",
  "BUSY",
  "BROKEN",
] as const;

/** One of those codes. */
export type ProviderCode = (typeof CODES)[number];

/** The code in the address; null for none, and for what is no code. */
export function codeIn(failed: string | null): ProviderCode | null {
  return CODES.find((code) => code === failed) ?? null;
}

/** The sign-in that waits for its second step, which the server put behind the `#`. */
export function challengeIn(hash: string): Challenge | null {
  const said = new URLSearchParams(hash.replace(/^#/u, ""));
  const [token, step] = [said.get("challenge"), said.get("step")];
  if (token === null || (step !== "CODE" && step !== "ENROLMENT")) return null;
  return { token, step };
}
