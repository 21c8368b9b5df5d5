import { ReviewItemFields } from "../../../features/review/queries";
import { graphql, type ResultOf } from "../../../graphql/graphql";

/** Completions and requests for more time that wait for one's decision, with the light of each. */
export const ApprovalsQuery = graphql(
  `
    query ApprovalsQuery {
      reviewQueue(first: 10, filter: { kind: [COMPLETION, EXTENSION] }) {
        totalCount
        edges {
          cursor
          node {
            ...ReviewItemFields
            task {
              id
              light {
                colour
                computed
                reasons {
                  code
                  message
                }
              }
            }
          }
        }
      }
    }
  `,
  [ReviewItemFields],
);
export type Approval = ResultOf<typeof ApprovalsQuery>["reviewQueue"]["edges"][number]["node"];
