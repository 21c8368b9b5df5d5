import { graphql, type ResultOf } from "../../graphql/graphql";

/** A metric as a row of the table. */
export const MetricTable_metric = graphql(`
  fragment MetricTable_metric on Metric @_unmask {
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
    position
    figures {
      verified
      provisional
      attainment
      expected
      missing
      until
    }
    sameAs {
      id
      code
    }
    contains {
      id
      code
    }
    task {
      id
      code
      title
      kind
      lead {
        id
        code
        shortName
      }
      section {
        id
        ordinal
        title
        position
        partIndex
      }
    }
  }
`);
export type MetricTableRow = ResultOf<typeof MetricTable_metric>;
