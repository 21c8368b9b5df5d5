import { useMemo } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useAllPages } from "../../../graphql/use-all-pages";
import { ServiceTokens } from "./token-documents";

type Accounts = ResultOf<typeof ServiceTokens>["accounts"];
type Tokens = Accounts["edges"][number]["node"]["apiTokens"];

/** The tokens of service accounts, by the id of the account. */
export type TokensByAccount = ReadonlyMap<string, Tokens>;

const pick = (data: ResultOf<typeof ServiceTokens>): Accounts => data.accounts;

/** The tokens of all service accounts; only for those who manage tokens, the others are refused. */
export function useTokens(): TokensByAccount {
  const { nodes } = useAllPages(ServiceTokens, {}, pick);
  return useMemo(() => new Map(nodes.map((one) => [one.id, one.apiTokens])), [nodes]);
}
