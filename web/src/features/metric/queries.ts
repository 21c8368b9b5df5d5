import { graphql, type ResultOf } from "../../graphql/graphql";

/** Figures of a unit with everything below, and what they stand on. */
export const UnitFigures = graphql(`
  fragment UnitFigures on MetricFigures @_unmask {
    verified
    provisional
    attainment
    share
    expected
    onTime
    late
    missing
    waiting
    notApplicable
    until
    department {
      id
      code
      name
      shortName
      tile {
        column
        row
      }
    }
  }
`);
export type UnitFiguresData = ResultOf<typeof UnitFigures>;

/** A metric with its figures, for the plan or for one unit. */
export const MetricDetailQuery = graphql(
  `
    query MetricDetailQuery($code: ID!, $unit: ID) {
      metric(id: $code) {
        id
        code
        name
        phrase
        value
        unit
        comparator
        by
        isPerYear
        isTentative
        timeAggregation
        treeAggregation
        reportingLevel
        sameAs {
          id
          code
        }
        contains {
          id
          code
        }
        plan {
          id
          code
          title
          year
        }
        clause {
          id
          position
          text
        }
        task {
          id
          code
          title
          lead {
            id
            code
            shortName
          }
        }
        whole: figures {
          ...UnitFigures
        }
        figures(department: $unit) {
          ...UnitFigures
          parts {
            ...UnitFigures
          }
        }
      }
    }
  `,
  [UnitFigures],
);
export type MetricDetailData = NonNullable<ResultOf<typeof MetricDetailQuery>["metric"]>;

/** What a metric amounts to at the end of each month. */
export const MetricMonthsQuery = graphql(`
  query MetricMonthsQuery(
    $code: ID!
    $unit: ID
    $m01: Period!
    $m02: Period!
    $m03: Period!
    $m04: Period!
    $m05: Period!
    $m06: Period!
    $m07: Period!
    $m08: Period!
    $m09: Period!
    $m10: Period!
    $m11: Period!
    $m12: Period!
  ) {
    metric(id: $code) {
      id
      m01: figures(department: $unit, until: $m01) {
        verified
        provisional
      }
      m02: figures(department: $unit, until: $m02) {
        verified
        provisional
      }
      m03: figures(department: $unit, until: $m03) {
        verified
        provisional
      }
      m04: figures(department: $unit, until: $m04) {
        verified
        provisional
      }
      m05: figures(department: $unit, until: $m05) {
        verified
        provisional
      }
      m06: figures(department: $unit, until: $m06) {
        verified
        provisional
      }
      m07: figures(department: $unit, until: $m07) {
        verified
        provisional
      }
      m08: figures(department: $unit, until: $m08) {
        verified
        provisional
      }
      m09: figures(department: $unit, until: $m09) {
        verified
        provisional
      }
      m10: figures(department: $unit, until: $m10) {
        verified
        provisional
      }
      m11: figures(department: $unit, until: $m11) {
        verified
        provisional
      }
      m12: figures(department: $unit, until: $m12) {
        verified
        provisional
      }
    }
  }
`);
export type MetricMonthsData = NonNullable<ResultOf<typeof MetricMonthsQuery>["metric"]>;

/** What was said of a metric, every revision, the newest month first. */
export const MetricMeasurementsQuery = graphql(`
  query MetricMeasurementsQuery($code: ID!, $unit: ID, $after: String) {
    measurements(first: 50, after: $after, filter: { metric: $code, department: $unit }) {
      edges {
        node {
          id
          revision
          period
          kind
          value
          base
          things
          runningTotal
          state
          channel
          isLate
          reason
          recordedAt
          recordedBy {
            id
            displayName
          }
          decidedAt
          decidedBy {
            id
            displayName
          }
          decidedReason
          evidence {
            id
            name
            size
          }
          doubts {
            code
            message
          }
          department {
            id
            code
            shortName
          }
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
export type MeasurementData = ResultOf<
  typeof MetricMeasurementsQuery
>["measurements"]["edges"][number]["node"];

/** The figure of one unit with those right below it, where a tree of figures is opened. */
export const UnitPartsQuery = graphql(
  `
    query UnitPartsQuery($code: ID!, $unit: ID) {
      metric(id: $code) {
        id
        figures(department: $unit) {
          ...UnitFigures
          parts {
            ...UnitFigures
          }
        }
      }
    }
  `,
  [UnitFigures],
);
