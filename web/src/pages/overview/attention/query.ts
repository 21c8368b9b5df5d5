import { PressingTask } from "../../../features/progress/queries";
import { graphql, type ResultOf } from "../../../graphql/graphql";

/**
 * Lights of a plan, the deadlines that come first, what waits for the reader, and the tasks that
 * press: the reddest first, each with why and who has it.
 */
export const AttentionQuery = graphql(
  `
  query AttentionQuery($plan: ID!) {
    plan(id: $plan) {
      id
      overview {
        byLight {
          colour
          count
        }
        nextDeadlines(first: 50) {
          id
          deadline
        }
      }
    }
    reviewQueue(first: 20) {
      totalCount
      edges {
        cursor
        node {
          isOverdue
        }
      }
    }
    tasks(
      first: 8
      filter: { plan: $plan, lights: [RED, YELLOW] }
      orderBy: { field: LIGHT }
    ) {
      totalCount
      edges {
        node {
          ...PressingTask
          life {
            accountable {
              id
              displayName
            }
          }
        }
      }
    }
  }
`,
  [PressingTask],
);
export type AttentionData = ResultOf<typeof AttentionQuery>;
export type PressingTaskData = AttentionData["tasks"]["edges"][number]["node"];
