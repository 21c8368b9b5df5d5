import type { Scope } from "../tokens/token-documents";

/** A call that programs make often. */
export interface ApiCall {
  /** Its words are `call.<key>` of the area `integrations`. */
  readonly key: "who" | "record" | "allocation" | "rollup" | "cursor" | "changes" | "follow";
  /** What a token needs for it. */
  readonly scope: Scope;
  /** Whether the answer goes on: one event after the other. */
  readonly isStream?: boolean;
  /** The document, valid against `schema.graphql`: a test holds it to that. */
  readonly query: string;
  /** Texts, lists and objects alone, so that the same is right in JSON, Python and TypeScript. */
  readonly variables?: Variables;
}

/** A value of a call. */
export type Variable = string | readonly Variable[] | Variables;

/** Variables of a call. */
export interface Variables {
  readonly [name: string]: Variable;
}

/** Who is asking: whether the token is good, and for what. */
export const WHO: ApiCall = {
  key: "who",
  scope: "READ",
  query: `query {
  viewer {
    account { login displayName }
    permissions
  }
}`,
};

/** Stands for the cursor of an answer before. */
export const CURSOR = "cursor-of-the-last-answer";

/** The commonest calls, in the order in which a new program comes to them. */
export const CALLS: readonly ApiCall[] = [
  WHO,
  {
    key: "record",
    scope: "MEASUREMENT_WRITE",
    query: `mutation ($input: RecordMeasurementsInput!) {
  recordMeasurements(input: $input) {
    rows {
      measurement { id state }
      userErrors { code path message }
    }
    userErrors { code path message }
  }
}`,
    variables: {
      input: {
        idempotencyKey: "luoyang-2025-03",
        rows: [
          { metric: "2025-19-M2", department: "410302", period: "2025-03", value: "12" },
          { metric: "2025-19-M2", department: "410303", period: "2025-03", value: "9" },
        ],
      },
    },
  },
  {
    key: "allocation",
    scope: "READ",
    query: `query ($metric: ID!) {
  metric(id: $metric) {
    name
    unit
    allocation {
      madeAt
      shares {
        department { code shortName }
        figure
      }
    }
  }
}`,
    variables: { metric: "2025-19-M2" },
  },
  {
    key: "rollup",
    scope: "READ",
    query: `query ($metric: ID!, $under: ID, $until: Period) {
  metricRollup(metric: $metric, under: $under, until: $until) {
    periods
    rows {
      department { code shortName }
      cells {
        period
        toDate { verified provisional expected missing }
      }
    }
  }
}`,
    variables: { metric: "2025-19-M2", under: "410300", until: "2025-03" },
  },
  {
    key: "cursor",
    scope: "READ",
    query: `query {
  latestChangeCursor
}`,
  },
  {
    key: "changes",
    scope: "READ",
    query: `query ($after: String) {
  changes(after: $after, first: 200) {
    cursor
    hasMore
    changes {
      occurredAt
      action
      objectType
      objectId
    }
  }
}`,
    variables: { after: CURSOR },
  },
  {
    key: "follow",
    scope: "READ",
    isStream: true,
    query: `subscription {
  changed(types: [TASK, MEASUREMENT]) {
    cursor
    action
    object {
      ... on Task { code title state }
      ... on Measurement { period value metric { code } }
    }
  }
}`,
  },
];
