import { graphql, type ResultOf } from "../../../graphql/graphql";

/** Tokens of one answer; the server lists no more. */
export const MOST = 100;

/** The tokens that were used most since a day. */
export const TokenUsageQuery = graphql(`
  query TokenUsageQuery($from: Date!) {
    tokenUsage(from: $from, first: 100) {
      requests
      points
      refused
      errors
      lastSeenAt
      days {
        day
        requests
      }
      account {
        id
        login
        displayName
      }
      token {
        id
        name
        publicId
      }
    }
  }
`);
export type TokenUsage = ResultOf<typeof TokenUsageQuery>["tokenUsage"][number];
