import type { CombinedError } from "@urql/core";

/** Why a request failed, as far as the reader can act on it. */
export type Failure = "offline" | "forbidden" | "unauthenticated" | "tooMany" | "broken";

/** Sorts an error by what can be done about it. */
export function failureOf(error: CombinedError): Failure {
  const codes = error.graphQLErrors.map((one) => one.extensions.code);
  if (codes.includes("FORBIDDEN")) return "forbidden";
  if (codes.includes("UNAUTHENTICATED")) return "unauthenticated";
  if (codes.includes("RATE_LIMITED") || codes.includes("TOO_EXPENSIVE")) return "tooMany";
  if (error.networkError !== undefined && error.response === undefined) return "offline";
  return "broken";
}

/** The id under which the server logged the failure, to pass on to its operator. */
export function requestIdOf(error: CombinedError): string | null {
  for (const one of error.graphQLErrors) {
    const id = one.extensions.requestId;
    if (typeof id === "string") return id;
  }
  const response = error.response as Response | undefined;
  return response?.headers?.get("x-request-id") ?? null;
}
