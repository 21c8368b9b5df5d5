import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";

/** An endpoint without its secret. */
export const WebhookData = graphql(`
  fragment WebhookData on Webhook @_unmask {
    id
    name
    url
    types
    query
    state
    failingSince
    version
    createdAt
    createdBy {
      id
      displayName
    }
  }
`);
export type WebhookRow = ResultOf<typeof WebhookData>;
export type ChangedType = WebhookRow["types"][number];
export type WebhookState = WebhookRow["state"];

/** A message to an endpoint, with its attempts. */
export const DeliveryData = graphql(`
  fragment DeliveryData on WebhookDelivery @_unmask {
    id
    messageId
    action
    objectType
    objectId
    occurredAt
    state
    nextAttemptAt
    attempts {
      at
      status
      milliseconds
      fault
    }
  }
`);
export type DeliveryRow = ResultOf<typeof DeliveryData>;
export type DeliveryState = DeliveryRow["state"];
export type Attempt = DeliveryRow["attempts"][number];

/** The endpoints of all service accounts, each with its newest message. */
export const ServiceWebhooks = graphql(
  `
    query ServiceWebhooks($after: String) {
      accounts(first: 50, after: $after, filter: { isService: true }) {
        totalCount
        pageInfo {
          hasNextPage
          endCursor
        }
        edges {
          cursor
          node {
            id
            login
            displayName
            state
            viewerCanManageTokens
            webhooks {
              ...WebhookData
              lastDelivery {
                id
                action
                occurredAt
                state
              }
            }
          }
        }
      }
    }
  `,
  [WebhookData],
);

/** An endpoint with a page of its messages, the newest first. */
export const WebhookLog = graphql(
  `
    query WebhookLog($id: ID!, $state: DeliveryState, $after: String) {
      webhook(id: $id) {
        ...WebhookData
        account {
          id
          login
          displayName
        }
        deliveries(first: 20, after: $after, state: $state) {
          totalCount
          isTotalExact
          pageInfo {
            hasNextPage
            endCursor
          }
          edges {
            cursor
            node {
              ...DeliveryData
            }
          }
        }
      }
    }
  `,
  [WebhookData, DeliveryData],
);

/** Makes an endpoint; its secret is answered this once. */
export const CreateWebhook = graphql(
  `
    mutation CreateWebhook($input: CreateWebhookInput!) {
      createWebhook(input: $input) {
        secret
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Changes an endpoint. */
export const UpdateWebhook = graphql(
  `
    mutation UpdateWebhook($input: UpdateWebhookInput!) {
      updateWebhook(input: $input) {
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Holds an endpoint up. */
export const PauseWebhook = graphql(
  `
    mutation PauseWebhook($input: PauseWebhookInput!) {
      pauseWebhook(input: $input) {
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Goes on with an endpoint. */
export const ResumeWebhook = graphql(
  `
    mutation ResumeWebhook($input: ResumeWebhookInput!) {
      resumeWebhook(input: $input) {
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Gives an endpoint another secret, answered this once. */
export const RotateWebhookSecret = graphql(
  `
    mutation RotateWebhookSecret($input: RotateWebhookSecretInput!) {
      rotateWebhookSecret(input: $input) {
        secret
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Sends an endpoint a trial. */
export const TestWebhook = graphql(
  `
    mutation TestWebhook($input: TestWebhookInput!) {
      testWebhook(input: $input) {
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Sends messages again. */
export const ReplayWebhookDeliveries = graphql(
  `
    mutation ReplayWebhookDeliveries($input: ReplayWebhookDeliveriesInput!) {
      replayWebhookDeliveries(input: $input) {
        count
        webhook {
          ...WebhookData
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);

/** Removes an endpoint with its log. */
export const RemoveWebhook = graphql(
  `
    mutation RemoveWebhook($input: RemoveWebhookInput!) {
      removeWebhook(input: $input) {
        account {
          id
          webhooks {
            ...WebhookData
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [WebhookData, RefusedField],
);
