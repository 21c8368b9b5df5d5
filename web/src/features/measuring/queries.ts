import { graphql, type ResultOf } from "../../graphql/graphql";
import { RefusedField } from "../../graphql/refused-field";

/** The plans whose metrics a month may be asked of. */
export const FigurePlansQuery = graphql(`
  query FigurePlansQuery {
    plans(first: 50) {
      edges {
        node {
          id
          code
          year
          state
        }
      }
    }
  }
`);

/** The metrics of a plan with what a department is asked for, and what it said up to the month before. */
export const FigureMetricsQuery = graphql(`
  query FigureMetricsQuery(
    $plan: ID!
    $department: ID!
    $period: Period!
    $before: Period!
    $hasBefore: Boolean!
    $after: String
  ) {
    metrics(first: 40, after: $after, filter: { plan: $plan }) {
      edges {
        node {
          id
          code
          name
          unit
          value
          comparator
          isPerYear
          isTentative
          timeAggregation
          treeAggregation
          isEvidenceAsked
          task {
            id
            code
          }
          isAsked(department: $department, period: $period)
          figures(department: $department, until: $period) {
            parts {
              department {
                id
                code
                shortName
              }
            }
          }
          before: figures(department: $department, until: $before) @include(if: $hasBefore) {
            verified
            provisional
          }
        }
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`);
export type FigureMetricData = ResultOf<
  typeof FigureMetricsQuery
>["metrics"]["edges"][number]["node"];

/** A revision as its writer needs it. */
export const SaidMeasurement = graphql(`
  fragment SaidMeasurement on Measurement @_unmask {
    id
    revision
    kind
    value
    base
    things
    runningTotal
    state
    isLate
    recordedAt
    recordedBy {
      id
      displayName
    }
    decidedBy {
      id
      displayName
    }
    evidence {
      id
      name
      size
    }
    decidedReason
    metric {
      id
    }
  }
`);
export type SaidData = ResultOf<typeof SaidMeasurement>;

/** What a department said for a month and the one before, every revision. */
export const SaidQuery = graphql(
  `
    query SaidQuery($department: ID!, $period: Period!, $before: Period!) {
      measurements(first: 200, filter: { department: $department, period: $period }) {
        edges {
          node {
            ...SaidMeasurement
          }
        }
      }
      previous: measurements(first: 200, filter: { department: $department, period: $before }) {
        edges {
          node {
            ...SaidMeasurement
          }
        }
      }
    }
  `,
  [SaidMeasurement],
);

/** Hands figures in. */
export const RecordMeasurements = graphql(
  `
    mutation RecordMeasurements($input: RecordMeasurementsInput!) {
      recordMeasurements(input: $input) {
        rows {
          measurement {
            ...SaidMeasurement
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
  [SaidMeasurement, RefusedField],
);
