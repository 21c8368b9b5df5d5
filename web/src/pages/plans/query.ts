import { graphql, type ResultOf } from "../../graphql/graphql";

/** Every plan with what it holds, the newest first. */
export const PlansQuery = graphql(`
  query Plans {
    plans(first: 50) {
      edges {
        node {
          id
          code
          title
          state
          documentNumber
          issuingBody
          issuedOn
          importedAt
          isDemo
          overview {
            taskCount
            metricCount
            byDepartment {
              department {
                id
              }
            }
          }
        }
      }
    }
  }
`);
export type ListedPlan = ResultOf<typeof PlansQuery>["plans"]["edges"][number]["node"];
