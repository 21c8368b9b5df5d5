import { graphql, type ResultOf } from "../../../graphql/graphql";

/** Lights of a plan, and the tasks that press: the reddest first, each with why and who has it. */
export const AttentionQuery = graphql(`
  query AttentionQuery($plan: ID!) {
    plan(id: $plan) {
      id
      overview {
        byLight {
          colour
          count
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
          id
          code
          title
          lead {
            id
            shortName
          }
          light {
            colour
            computed
            reasons {
              code
              message
            }
          }
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
`);
export type AttentionData = ResultOf<typeof AttentionQuery>;
export type PressingTask = AttentionData["tasks"]["edges"][number]["node"];
