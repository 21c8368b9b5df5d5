import type { OperationResult } from "urql";
import type { RefusedFieldData } from "./refused-field";

/** The part that every payload of a mutation has. */
export interface Payload {
  readonly userErrors: readonly RefusedFieldData[];
}

/** How a mutation ended, as far as a form cares. */
export type Outcome<Answer = unknown> =
  | { readonly kind: "done"; readonly payload?: Answer }
  /** Somebody was faster: load the newest and try again. */
  | { readonly kind: "conflict"; readonly message: string }
  /** The user can mend it, field by field. */
  | { readonly kind: "refused"; readonly errors: readonly RefusedFieldData[] }
  /** Network or server; nothing was stored as far as we know. */
  | { readonly kind: "failed"; readonly requestId: string | null };

/** Reads the outcome off a mutation's answer. */
export function outcomeOf<Data, Answer extends Payload>(
  result: Pick<OperationResult<Data>, "data" | "error">,
  pick: (data: Data) => Answer | null,
): Outcome<Answer> {
  const payload = result.data == null ? null : pick(result.data);
  if (payload === null) return { kind: "failed", requestId: requestIdOf(result.error) };
  if (payload.userErrors.length === 0) return { kind: "done", payload };
  const conflict = payload.userErrors.find((error) => error.code === "CONFLICT");
  return conflict === undefined
    ? { kind: "refused", errors: payload.userErrors }
    : { kind: "conflict", message: conflict.message };
}

function requestIdOf(error: OperationResult["error"]): string | null {
  const id = error?.graphQLErrors[0]?.extensions.requestId;
  return typeof id === "string" ? id : null;
}

/** The message for one field, by the last part of its path; undefined when it is fine. */
export function messageFor(errors: readonly RefusedFieldData[], field: string): string | undefined {
  return errors.find((error) => error.path.at(-1) === field)?.message;
}

/** Messages that belong to none of the fields shown. */
export function otherMessages(
  errors: readonly RefusedFieldData[],
  fields: readonly string[],
): string[] {
  return errors
    .filter((error) => !fields.includes(error.path.at(-1) ?? ""))
    .map((error) => error.message);
}
