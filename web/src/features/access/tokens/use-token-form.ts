import { useState } from "react";
import type { VariablesOf } from "../../../graphql/graphql";
import { daysOf, entriesOf, lastDayFrom } from "./standing";
import type { IssueApiToken, Scope, TokenRow } from "./token-documents";

type Input = Omit<VariablesOf<typeof IssueApiToken>["input"], "idempotencyKey">;

/** Life that is offered; as the server's, when nothing is said. */
const DAYS = "90";

/** What was typed of a token that is to be made. */
export interface TypedToken {
  readonly name: string;
  /** Beside reading, which each token may. */
  readonly scopes: readonly Scope[];
  readonly days: string;
  readonly addresses: string;
  readonly metrics: string;
  /** Id of the token that it takes the place of; empty for none. */
  readonly replaces: string;
}

/** Holds what was typed; begins as the token whose place is taken. */
export function useTokenForm(replaced: TokenRow | null) {
  const [typed, setTyped] = useState<TypedToken>({
    name: replaced?.name ?? "",
    scopes: replaced?.scopes.filter((scope) => scope !== "READ") ?? [],
    days: DAYS,
    addresses: replaced?.addresses.join("\n") ?? "",
    metrics: replaced?.metricCodes?.join("\n") ?? "",
    replaces: replaced?.id ?? "",
  });
  const change = (part: Partial<TypedToken>): void =>
    setTyped((before) => ({ ...before, ...part }));
  return { typed, change };
}

/** What is asked of the server; null while it cannot be asked. */
export function inputOf(typed: TypedToken, accountId: string, today: string | null): Input | null {
  const days = daysOf(typed.days);
  if (typed.name.trim() === "" || days === null || today === null) return null;
  const addresses = entriesOf(typed.addresses);
  const metrics = typed.scopes.includes("MEASUREMENT_WRITE") ? entriesOf(typed.metrics) : [];
  return {
    accountId,
    name: typed.name,
    scopes: ["READ", ...typed.scopes],
    expiresOn: lastDayFrom(today, days),
    addresses: addresses.length === 0 ? null : addresses,
    metrics: metrics.length === 0 ? null : metrics,
    replaces: typed.replaces === "" ? null : typed.replaces,
  };
}
