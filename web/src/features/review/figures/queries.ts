import { graphql, type ResultOf } from "../../../graphql/graphql";
import { RefusedField } from "../../../graphql/refused-field";

/** A figure that was handed in, with what was said before it. */
export const WaitingFigure = graphql(`
  fragment WaitingFigure on Measurement @_unmask {
    id
    revision
    kind
    value
    base
    things
    runningTotal
    isLate
    channel
    reason
    recordedAt
    recordedBy {
      displayName
    }
    period
    evidence {
      id
      name
      size
    }
    viewerCanDecide
    department {
      id
      code
      shortName
    }
    metric {
      id
      code
      name
      unit
      value
      comparator
      isPerYear
      isTentative
      task {
        id
        code
        title
      }
    }
    revisions {
      id
      revision
      state
      kind
      value
    }
  }
`);
export type WaitingFigureData = ResultOf<typeof WaitingFigure>;

/** All figures that were handed in and are not decided on. */
export const WaitingFiguresQuery = graphql(
  `
    query WaitingFiguresQuery($after: String) {
      measurements(first: 100, after: $after, filter: { state: [SUBMITTED], isNewest: true }) {
        edges {
          node {
            ...WaitingFigure
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        totalCount
      }
    }
  `,
  [WaitingFigure],
);

/** Whether figures wait for the reader. */
export const FiguresToDecideQuery = graphql(`
  query FiguresToDecideQuery {
    measurements(first: 100, filter: { state: [SUBMITTED], isNewest: true }) {
      edges {
        node {
          id
          viewerCanDecide
        }
      }
    }
  }
`);

/** What the figures of a unit add up to by the month, and by the month before. */
export const FigureTotalsQuery = graphql(`
  query FigureTotalsQuery(
    $metric: ID!
    $department: ID!
    $period: Period!
    $before: Period!
    $hasBefore: Boolean!
  ) {
    metric(id: $metric) {
      id
      figures(department: $department, until: $period) {
        verified
        provisional
      }
      before: figures(department: $department, until: $before) @include(if: $hasBefore) {
        verified
        provisional
      }
    }
    previous: measurements(
      first: 20
      filter: { metric: $metric, department: $department, period: $before }
    ) {
      edges {
        node {
          id
          revision
          state
          kind
          value
        }
      }
    }
  }
`);

/** Verifies figures: from now on they count. */
export const VerifyMeasurements = graphql(
  `
    mutation VerifyMeasurements($input: VerifyMeasurementsInput!) {
      verifyMeasurements(input: $input) {
        rows {
          measurement {
            id
            state
            viewerCanDecide
          }
          userErrors {
            ...RefusedField
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);

/** Rejects figures, each with why. */
export const RejectMeasurements = graphql(
  `
    mutation RejectMeasurements($input: RejectMeasurementsInput!) {
      rejectMeasurements(input: $input) {
        rows {
          measurement {
            id
            state
            decidedReason
            viewerCanDecide
          }
          userErrors {
            ...RefusedField
          }
        }
        userErrors {
          ...RefusedField
        }
      }
    }
  `,
  [RefusedField],
);
