import { useState } from "react";
import type { VariablesOf } from "../../../graphql/graphql";
import type { ChangedType, CreateWebhook, UpdateWebhook, WebhookRow } from "./webhook-documents";
import { TYPES } from "./words";

type Created = Omit<VariablesOf<typeof CreateWebhook>["input"], "idempotencyKey">;
type Updated = Omit<VariablesOf<typeof UpdateWebhook>["input"], "idempotencyKey">;

/** What a message holds: ids, or what a subscription asks for. */
export type Content = "ids" | "own";

/** What was typed of an endpoint. */
export interface TypedWebhook {
  /** Id of the service account; empty until one is chosen. */
  readonly accountId: string;
  readonly name: string;
  readonly url: string;
  /** All when empty. */
  readonly types: readonly ChangedType[];
  readonly content: Content;
  readonly query: string;
}

/** Holds what was typed; begins as the endpoint that is changed. */
export function useWebhookForm(accountId: string, webhook: WebhookRow | null) {
  const [typed, setTyped] = useState<TypedWebhook>({
    accountId,
    name: webhook?.name ?? "",
    url: webhook?.url ?? "",
    types: TYPES.filter((type) => webhook?.types.includes(type)),
    content: webhook?.query == null ? "ids" : "own",
    query: webhook?.query ?? "",
  });
  const change = (part: Partial<TypedWebhook>): void =>
    setTyped((before) => ({ ...before, ...part }));
  return { typed, change };
}

type Common = Pick<Created, "name" | "url" | "types" | "query">;

/** What both forms ask of the server; null while it cannot be asked. */
function commonOf(typed: TypedWebhook): Common | null {
  const isOwn = typed.content === "own";
  const isWhole =
    typed.name.trim() !== "" && typed.url.trim() !== "" && !(isOwn && typed.query.trim() === "");
  if (!isWhole) return null;
  return {
    name: typed.name,
    url: typed.url.trim(),
    types: [...typed.types],
    query: isOwn ? typed.query : null,
  };
}

/** The endpoint that is to be made; null while it cannot be. */
export function creationOf(typed: TypedWebhook): Created | null {
  const common = commonOf(typed);
  return common === null || typed.accountId === ""
    ? null
    : { accountId: typed.accountId, ...common };
}

/** What is changed of an endpoint; null while it cannot be. */
export function changeOf(
  typed: TypedWebhook,
  { id, version }: Pick<WebhookRow, "id" | "version">,
): Updated | null {
  const common = commonOf(typed);
  return common === null ? null : { webhookId: id, expectedVersion: version, ...common };
}
