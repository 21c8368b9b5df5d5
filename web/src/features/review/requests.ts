import type { Outcome } from "../../graphql/outcome";
import type { ReviewItemData } from "./queries";
import type { Decisions } from "./use-decisions";

/** Kinds that are requests: granted at once, refused with a reason. */
export type RequestKind = "EXTENSION" | "EXCEPTION" | "AMENDMENT";

/** A request that waits, and the way to decide it. */
export interface ReviewRequest {
  readonly kind: RequestKind;
  readonly decide: (isApproved: boolean, reason: string | null) => Promise<Outcome>;
}

/** The request of an item; none for reports and completions. */
export function requestOf(item: ReviewItemData, decisions: Decisions): ReviewRequest | null {
  const { extension, exception, amendment } = item;
  if (extension != null) {
    const extensionId = extension.id;
    return {
      kind: "EXTENSION",
      decide: (isApproved, reason) =>
        decisions.decideExtension({ extensionId, isApproved, reason }),
    };
  }
  if (exception != null) {
    const exceptionId = exception.id;
    return {
      kind: "EXCEPTION",
      decide: (isApproved, reason) =>
        decisions.decideException({ exceptionId, isApproved, reason }),
    };
  }
  if (amendment != null) {
    const amendmentId = amendment.id;
    return {
      kind: "AMENDMENT",
      decide: (isApproved, reason) =>
        decisions.decideAmendment({ amendmentId, isApproved, reason }),
    };
  }
  return null;
}
