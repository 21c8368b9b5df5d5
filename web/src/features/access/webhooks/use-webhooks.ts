import { useMemo } from "react";
import type { ResultOf } from "../../../graphql/graphql";
import { useAllPages } from "../../../graphql/use-all-pages";
import { ServiceWebhooks } from "./webhook-documents";

type Accounts = ResultOf<typeof ServiceWebhooks>["accounts"];
export type WebhookAccount = Accounts["edges"][number]["node"];

/** An endpoint with the account whose rights it has. */
export interface ListedWebhook {
  readonly account: WebhookAccount;
  readonly webhook: WebhookAccount["webhooks"][number];
}

const pick = (data: ResultOf<typeof ServiceWebhooks>): Accounts => data.accounts;

/** The endpoints of all service accounts in reach, and the accounts; for those who manage tokens. */
export function useWebhooks() {
  const { nodes, isComplete, error, reload } = useAllPages(ServiceWebhooks, {}, pick);
  const listed = useMemo<readonly ListedWebhook[]>(
    () => nodes.flatMap((account) => account.webhooks.map((webhook) => ({ account, webhook }))),
    [nodes],
  );
  return { accounts: nodes, listed, isComplete, error, reload };
}
