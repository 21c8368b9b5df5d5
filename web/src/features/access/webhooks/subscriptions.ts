/** A subscription that may be put in the place of ids alone. */
export interface OwnSubscription {
  /** Its words are `hook.example.<key>` of the area `integrations`. */
  readonly key: "figures" | "tasks" | "notices";
  /** The document, valid against `schema.graphql`: a test holds it to that. */
  readonly query: string;
}

/** What receivers ask for most. */
export const SUBSCRIPTIONS: readonly OwnSubscription[] = [
  {
    key: "figures",
    query: `subscription {
  changed(types: [MEASUREMENT]) {
    action
    objectId
    object {
      ... on Measurement {
        value
        period
        metric { code }
        department { code }
      }
    }
  }
}`,
  },
  {
    key: "tasks",
    query: `subscription {
  changed(types: [TASK]) {
    action
    occurredAt
    object {
      ... on Task { code title state }
    }
  }
}`,
  },
  {
    key: "notices",
    query: `subscription {
  changed(types: [SUPERVISION_NOTICE]) {
    action
    occurredAt
    object {
      ... on SupervisionNotice { number state replyBy }
    }
  }
}`,
  },
];
