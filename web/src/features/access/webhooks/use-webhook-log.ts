import { useCallback, useMemo } from "react";
import { useClient, useQuery } from "urql";
import { useWatch } from "../../../states/use-watch";
import { type DeliveryState, WebhookLog } from "./webhook-documents";
import { markOf } from "./words";

interface Asked {
  /** Id of the endpoint. */
  readonly id: string;
  readonly state: DeliveryState | null;
  readonly after: string | null;
}

/** An endpoint with a page of its messages, asked again while one of them is on its way. */
export function useWebhookLog({ id, state, after }: Asked) {
  const client = useClient();
  const variables = useMemo(() => ({ id, state, after }), [id, state, after]);
  const [{ data, error, fetching }] = useQuery({
    query: WebhookLog,
    variables,
    requestPolicy: "cache-and-network",
  });
  const read = useCallback(async () => {
    const answer = await client
      .query(WebhookLog, variables, { requestPolicy: "network-only" })
      .toPromise();
    return answer.error === undefined;
  }, [client, variables]);
  const webhook = data?.webhook ?? null;
  const deliveries = webhook?.deliveries.edges.map((edge) => edge.node) ?? [];
  const isOnItsWay = deliveries.some((one) => one.state === "PENDING");
  // What waits for somebody to go on does not move by itself.
  const { isLost } = useWatch(webhook?.state === "ACTIVE" && isOnItsWay, markOf(deliveries), read);
  return {
    account: webhook?.account ?? null,
    webhook,
    deliveries,
    isKnown: data !== undefined,
    isReading: fetching,
    isLost,
    error,
    read,
  };
}
