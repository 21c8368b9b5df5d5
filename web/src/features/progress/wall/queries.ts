import { graphql, type ResultOf } from "../../../graphql/graphql";
import { PressingTask } from "../queries";

/** The plan on the wall: the latest that is issued. */
export const WallPlanQuery = graphql(`
  query WallPlanQuery {
    plans(first: 1, state: ISSUED) {
      edges {
        node {
          id
          code
          title
          year
        }
      }
    }
  }
`);
export type WallPlan = ResultOf<typeof WallPlanQuery>["plans"]["edges"][number]["node"];

/** Lights of the plan, and the tasks that press, the reddest first. */
export const WallLightsQuery = graphql(
  `
  query WallLightsQuery($plan: ID!) {
    plan(id: $plan) {
      id
      overview {
        byLight {
          colour
          count
        }
      }
    }
    tasks(first: 4, filter: { plan: $plan, lights: [RED, YELLOW] }, orderBy: { field: LIGHT }) {
      totalCount
      edges {
        node {
          ...PressingTask
        }
      }
    }
  }
`,
  [PressingTask],
);
export type WallTask = ResultOf<typeof WallLightsQuery>["tasks"]["edges"][number]["node"];

/** Metrics that cities or counties report, to be held against their units. */
export const WallMetricsQuery = graphql(`
  query WallMetricsQuery($plan: ID!) {
    metrics(first: 50, filter: { plan: $plan }) {
      edges {
        node {
          id
          code
          name
          reportingLevel
        }
      }
    }
  }
`);

/** What units owe of some metrics for the month that is reported now. */
export const WallUnitsQuery = graphql(`
  query WallUnitsQuery($metrics: [ID!]!) {
    metricMatrix(metrics: $metrics, depth: 1) {
      period
      departments {
        id
        code
        shortName
        tile {
          column
          row
        }
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
            expected
            missing
          }
        }
      }
    }
  }
`);
export type WallUnitsData = ResultOf<typeof WallUnitsQuery>["metricMatrix"];
