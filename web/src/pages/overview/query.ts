import { graphql, type ResultOf } from "../../graphql/graphql";

/** Everything that the overview says of one plan. */
export const OverviewPlan = graphql(`
  fragment OverviewPlan on Plan @_unmask {
    id
    code
    title
    documentNumber
    issuingBody
    issuedOn
    isDemo
    overview {
      taskCount
      metricCount
      taskWithMetricCount
      taskWithDeadlineCount
      byState {
        state
        count
      }
      byKind {
        kind
        count
      }
      bySection {
        section {
          id
          ordinal
          title
        }
        taskCount
      }
      byDepartment {
        department {
          id
          code
          name
          shortName
        }
        leadCount
        supportCount
      }
      nextDeadlines(first: 5) {
        id
        code
        title
        deadline
        lead {
          id
          shortName
        }
      }
    }
    findings {
      code
      severity
      message
      task {
        id
        code
        title
      }
      clause {
        id
        start
        text
      }
    }
  }
`);
export type OverviewPlanData = ResultOf<typeof OverviewPlan>;

/** The plan chosen in the address, else the latest issued; and the units of the map. */
export const OverviewQuery = graphql(
  `
    query Overview($code: ID!, $isChosen: Boolean!) {
      chosen: plan(id: $code) @include(if: $isChosen) {
        ...OverviewPlan
      }
      latest: plans(first: 1, state: ISSUED) @skip(if: $isChosen) {
        edges {
          node {
            ...OverviewPlan
          }
        }
      }
      plans(first: 20, state: ISSUED) {
        edges {
          node {
            id
            code
            title
          }
        }
      }
      drafts: plans(first: 1, state: DRAFT) {
        totalCount
      }
      departments(first: 40, filter: { kind: [MUNICIPAL_ASSOCIATION] }) {
        edges {
          node {
            id
            code
            name
            shortName
            childCount
            tile {
              column
              row
            }
          }
        }
      }
    }
  `,
  [OverviewPlan],
);
export type OverviewData = ResultOf<typeof OverviewQuery>;

/** Variables for the plan named in the address, or none. */
export function overviewVariables(code: string | null): { code: string; isChosen: boolean } {
  return { code: code ?? "", isChosen: code !== null };
}
