import { graphql, type ResultOf } from "../../graphql/graphql";

/** Plans in force, and the cities whose counties can be looked at. */
export const MatrixFrameQuery = graphql(`
  query MatrixFrameQuery {
    plans(first: 50, state: ISSUED) {
      edges {
        node {
          id
          code
          title
          year
        }
      }
    }
    departments(first: 100, filter: { kind: [MUNICIPAL_ASSOCIATION] }) {
      edges {
        node {
          id
          code
          shortName
          childCount
        }
      }
    }
  }
`);

/** The metrics of a plan in the order of its text. */
export const MatrixMetricsQuery = graphql(`
  query MatrixMetricsQuery($plan: ID!, $after: String) {
    metrics(first: 100, after: $after, filter: { plan: $plan }) {
      edges {
        node {
          id
          code
          name
          unit
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
      totalCount
    }
  }
`);
export type MatrixMetricData = ResultOf<
  typeof MatrixMetricsQuery
>["metrics"]["edges"][number]["node"];

const MatrixFigure = graphql(`
  fragment MatrixFigure on RollupFigure @_unmask {
    expected
    missing
    notApplicable
    waiting
    verified
    provisional
  }
`);

/** Some metrics over units for a month, and from January up to it. */
export const MatrixQuery = graphql(
  `
    query MatrixQuery($metrics: [ID!]!, $under: ID, $depth: Int!, $period: Period) {
      metricMatrix(metrics: $metrics, under: $under, depth: $depth, period: $period) {
        period
        departments {
          id
          code
          name
          shortName
        }
        rows {
          metric {
            id
            code
          }
          cells {
            department {
              id
              code
            }
            ofPeriod {
              ...MatrixFigure
            }
            toDate {
              ...MatrixFigure
            }
          }
        }
      }
    }
  `,
  [MatrixFigure],
);
export type MatrixData = ResultOf<typeof MatrixQuery>["metricMatrix"];
