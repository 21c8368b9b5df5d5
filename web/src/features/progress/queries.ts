import { graphql, type ResultOf } from "../../graphql/graphql";

/** How the targets of a plan stand: what is attained, what is forecast, what is missing. */
export const ProgressQuery = graphql(`
  query ProgressQuery($plan: ID!) {
    plan(id: $plan) {
      id
      code
      year
      metrics(first: 50) {
        totalCount
        edges {
          node {
            id
            code
            name
            value
            unit
            comparator
            by
            isPerYear
            isTentative
            timeAggregation
            reportingLevel
            sameAs {
              id
              code
            }
            task {
              id
              code
              lead {
                id
                shortName
              }
            }
            figures {
              verified
              provisional
              attainment
              expected
              missing
              waiting
              until
            }
            forecast {
              expected
              probability
              shortfall
              turnsRed
              gap
            }
          }
        }
      }
    }
  }
`);
export type ProgressPlan = NonNullable<ResultOf<typeof ProgressQuery>["plan"]>;
export type ProgressMetric = ProgressPlan["metrics"]["edges"][number]["node"];

/** A task that presses: its light with the reasons, and who leads it. */
export const PressingTask = graphql(`
  fragment PressingTask on Task @_unmask {
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
  }
`);
